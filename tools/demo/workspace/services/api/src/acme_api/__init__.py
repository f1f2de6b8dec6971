"""What the web shop asks for."""

from acme_billing import invoice
from acme_units import UnknownUnit


def post_invoice(body: dict) -> tuple[int, dict]:
    try:
        total = invoice([(parcel["amount"], parcel["unit"]) for parcel in body["parcels"]])
    except UnknownUnit as error:
        return 422, {"error": str(error)}
    return 200, {"total": total.label()}
