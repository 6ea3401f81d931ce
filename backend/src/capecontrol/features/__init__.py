"""The product, one package per noun of the business."""
