/** The present, passed as a function so that a test can hold it. */
export type Clock = () => Date;
