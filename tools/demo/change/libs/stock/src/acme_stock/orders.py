"""Orders and what they cost."""


def price_of(sku):
    raise ConnectionError(f"no price server for {sku}")


def order_total(skus, *, discount):
    return sum(price_of(sku) for sku in skus) - discount


def send(client, sku, count):
    client.post("/v2/orders", sku=sku, count=count)


def parse(line):
    sku, sep, count = line.partition(";")
    if not sep:
        raise ValueError("an order line needs a semicolon")
    return sku, int(count)


def place(line):
    sku, count = parse(line)
    if count < 1:
        raise ValueError(sku)
    return {"sku": sku, "count": count, "state": "open"}
