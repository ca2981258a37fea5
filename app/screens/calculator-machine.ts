type Operator = '+' | '−' | '×' | '÷';

const compute = (left: number, operator: Operator, right: number): number => {
  switch (operator) {
    case '+':
      return left + right;
    case '−':
      return left - right;
    case '×':
      return left * right;
    case '÷':
      return left / right;
  }
};

export type Calculator = { readonly shown: () => string; readonly type: (key: string) => void };

const isOperator = (key: string): key is Operator => key === '+' || key === '−' || key === '×' || key === '÷';

/** One line, four operations, each done as soon as the next is typed. */
export const createCalculator = (error: string): Calculator => {
  let entry = '0';
  let isTyping = true;
  let pending: { readonly left: number; readonly operator: Operator } | undefined;

  const settle = (): void => {
    if (!pending) return;
    const result = compute(pending.left, pending.operator, Number(entry));
    entry = Number.isFinite(result) ? String(Number(result.toPrecision(10))) : error;
    pending = undefined;
  };
  return {
    shown: () => entry,
    type: (key) => {
      if (key === 'C' || entry === error) {
        entry = '0';
        pending = undefined;
        isTyping = true;
      }
      if (isOperator(key)) {
        if (isTyping) settle();
        if (entry !== error) pending = { left: Number(entry), operator: key };
        isTyping = false;
      } else if (key === '=') {
        settle();
        isTyping = false;
      } else if (/^[\d.]$/.test(key)) {
        if (!isTyping) entry = '0';
        isTyping = true;
        if (key === '.' ? !entry.includes('.') : entry.length < 12)
          entry = entry === '0' && key !== '.' ? key : entry + key;
      }
    },
  };
};
