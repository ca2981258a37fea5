"""Starts ministack with what it lacks for our stack, without touching its files. docs/rehearsal.md says why for each.

ministack knows Amazon Location's trackers only. This adds the geofence API, passed on to our own emulator of it
(LOCATION_URL, infra/local-aws/location), and the CloudFormation type AWS::Location::GeofenceCollection.
"""

import asyncio
import json
import os
import urllib.error
import urllib.request

from ministack import app
from ministack.core import iam_actions, iam_evaluator
from ministack.services import iam, location
from ministack.services.cloudformation import provisioners

COLLECTIONS = "/geofencing/v0/collections"


def call_location(method: str, path: str, body: bytes) -> tuple:
    """Status, headers and body of our emulator's answer."""
    request = urllib.request.Request(os.environ["LOCATION_URL"] + path, data=body or None, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, dict(refusal.headers), refusal.read()


# The service: /geofencing goes to our emulator, trackers stay with ministack.
trackers = location.handle_request


async def handle_request(method, path, headers, body, query_params):
    if not path.startswith("/geofencing/"):
        return await trackers(method, path, headers, body, query_params)
    return await asyncio.to_thread(call_location, method, path, body)


location.handle_request = handle_request
# The SDK puts `geofencing.` before the endpoint's host; ministack would take that for a bucket's name.
app._NON_S3_VHOST_NAMES |= {"geofencing"}

# IAM: ministack derives geo:<operation> itself, but knows the ARNs of trackers only.
arn_of_others = iam_actions.extract_resource_arn


def extract_resource_arn(service, method, path, headers, body, query_params, region, account_id):
    if service == "location" and path.startswith(COLLECTIONS + "/"):
        collection = path.removeprefix(COLLECTIONS + "/").split("/")[0]
        return f"arn:aws:geo:{region}:{account_id}:geofence-collection/{collection}"
    return arn_of_others(service, method, path, headers, body, query_params, region, account_id)


iam_actions.extract_resource_arn = extract_resource_arn

# IAM: ministack gives aws:PrincipalArn the ARN of the session. AWS gives it that of the role, which our topics' policies
# name. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
condition_key = iam_evaluator._resolve_condition_key


def resolve_condition_key(key, context):
    if key.lower() == "aws:principalarn" and ":assumed-role/" in context.principal_arn:
        role_name = iam_evaluator._role_name_from_assumed_arn(context.principal_arn)
        return iam._roles.get_scoped(context.principal_account, None, role_name)["Arn"]
    return condition_key(key, context)


iam_evaluator._resolve_condition_key = resolve_condition_key


# CloudFormation: the resource type, by the same API.
def collection_call(method: str, path: str, body: dict | None = None) -> dict:
    status, _, answer = call_location(method, path, json.dumps(body).encode() if body else b"")
    if status >= 400:
        raise ValueError(f"AWS::Location::GeofenceCollection: {answer.decode()}")
    return json.loads(answer)


def create_collection(logical_id: str, props: dict, stack_name: str) -> tuple:
    name = props["CollectionName"]
    tags = {tag["Key"]: tag["Value"] for tag in props.get("Tags", [])}
    made = collection_call("POST", COLLECTIONS, {**props, "Tags": tags})
    arn, time = made["CollectionArn"], made["CreateTime"]
    return name, {"Arn": arn, "CollectionArn": arn, "CreateTime": time, "UpdateTime": time}


def delete_collection(physical_id: str, props: dict) -> None:
    collection_call("DELETE", f"{COLLECTIONS}/{physical_id}")


made = {"create": create_collection, "delete": delete_collection}
provisioners._RESOURCE_HANDLERS["AWS::Location::GeofenceCollection"] = made
named = {"create": lambda logical_id, props, stack_name: (props["ResourceArn"], {}), "delete": lambda *_: None}
provisioners._RESOURCE_HANDLERS["AWS::SMSVOICE::ResourcePolicy"] = named

# What an import of a table needs, as of the older type.
provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::GlobalTable"]["import"] = provisioners._ddb_import

# An alarm on several metrics is kept as one on a metric that nobody has: no alarm rings here.
alarm_record = provisioners._cw_metric_alarm_record


def record_of_alarm(name, props):
    one = {"MetricName": "several", "Namespace": "several"} if props.get("Metrics") else {}
    return alarm_record(name, {**props, **one, "Metrics": None})


provisioners._cw_metric_alarm_record = record_of_alarm

# ministack answers /health of every host itself, our API's too; its own stays at /_ministack/health.
app._HEALTH_PATHS = tuple(path for path in app._HEALTH_PATHS if path != "/health")
# With TLS it would listen on 443 as well.
app._port_is_bindable = lambda host, port: False

if __name__ == "__main__":
    app.main()
