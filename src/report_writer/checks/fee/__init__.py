"""Rules about 信息处理费 (part six, 国办函〔2020〕109号); see docs/checks."""
