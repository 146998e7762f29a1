"""A company is a folder: reading it, finding every mistake in it, and moving tables in and out.

- `load.load(folder)`, `load.load_files(texts)`: the rules, the opening stock, every problem, and the files as text, to be
  kept with the rules in the database.
- `tables.read_catalogue(folder)`: master data only, without judging it.
- `merging.merge` and `merging.export` (customers, products, staff, prices), `counting.read_count` and
  `counting.stock_sheet`, `order_sheets.read_orders` and `order_sheets.orders_sheet`; `sheets.write_sheet` makes bytes.
- `in_use.dropped`: what orders and stock need of the rules and a new version lacks.
- `powers.may_apply`: who may change the rules. `hours.holidays_unknown`: the year the holiday data does not know.
- `commands.init`, `commands.check`: what the command line prints. `demo_orders.play`: the demo's first day.
"""
