"""jixiao 绩效: every figure in a report is a query over records."""
