"""What schemathesis cannot know: the links and PIN of the family that run.ts has registered."""

import os

import schemathesis

TOKENS = {"/c/": os.environ["FUZZ_OFFICER"], "/o/": os.environ["FUZZ_OFFICER"], "/f/": os.environ["FUZZ_FAMILY"]}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Three of four calls go behind a real link, alert or PIN; the others to what does not exist."""
    path = case.operation.path
    parameters = case.path_parameters or {}
    if len(str(case.body)) % 4 == 3:
        return
    for beginning, token in TOKENS.items():
        if path.startswith(beginning) and "token" in parameters:
            parameters["token"] = token
    if "alertId" in parameters:
        parameters["alertId"] = os.environ["FUZZ_ALERT"]
    if isinstance(case.body, dict) and isinstance(case.body.get("pin"), str) and path != "/v1/families":
        case.body["pin"] = os.environ["FUZZ_PIN"]
