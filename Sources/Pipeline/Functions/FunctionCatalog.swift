/// Every function, in the order in which help lists them.
package enum FunctionCatalog {
  package static let all: [FunctionDeclaration] =
    choiceFunctions + arithmeticFunctions + textFunctions + patternFunctions + dateFunctions
    + castFunctions + aggregateFunctions

  private static let byName = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  package static func function(named name: String) -> FunctionDeclaration? { byName[name] }

  package static var names: [String] { all.map(\.name) }

  /// What to write for a word that other tools have, as a function name or a phrase.
  package static func wordHere(for word: String) -> String? { elsewhere[word.lowercased()] }

  /// Functions of other tools and what to write here.
  private static let elsewhere: [String: String] = [
    "len": "length(x)", "char_length": "length(x)", "nchar": "length(x)", "strlen": "length(x)",
    "avg": "mean(x)", "average": "mean(x)", "std": "sd(x)", "stdev": "sd(x)", "stddev": "sd(x)",
    "stddev_samp": "sd(x)", "variance": "var(x)", "var_samp": "var(x)",
    "nunique": "count_distinct(x)", "n_distinct": "count_distinct(x)",
    "approx_count_distinct": "count_distinct(x)", "n": "count()", "size": "count()",
    "total": "sum(x)", "percentile": "quantile(x, 0.9)", "percentile_cont": "quantile(x, 0.9)",
    "quantile_cont": "quantile(x, 0.9)", "count_if": "sum(condition)", "countif": "sum(condition)",
    "ifelse": "if(c, a, b)", "if_else": "if(c, a, b)", "iif": "if(c, a, b)", "iff": "if(c, a, b)",
    "when": "if(c, a, b)", "where": "if(c, a, b)", "case_when": "case(c1, v1, …, else)",
    "switch": "case(c1, v1, …, else)", "isnull": "x is null", "is_null": "x is null",
    "isna": "x is null", "is_na": "x is null", "isnan": "x is null", "notnull": "x is not null",
    "notna": "x is not null", "ifnull": "coalesce(x, y)", "nvl": "coalesce(x, y)",
    "fillna": "coalesce(x, y)", "fill_null": "coalesce(x, y)", "nullif": "null_if(x, y)",
    "na_if": "null_if(x, y)", "isin": "x in [a, b]", "is_in": "x in [a, b]",
    "substr": "substring(text, start, length)", "mid": "substring(text, start, length)",
    "left": "substring(text, 1, n)", "right": "substring(text, -n)",
    "str_sub": "substring(text, start, length)", "slice": "substring(text, start, length)",
    "strip": "trim(x)", "lstrip": "trim_start(x)", "ltrim": "trim_start(x)",
    "rstrip": "trim_end(x)", "rtrim": "trim_end(x)", "tolower": "lower(x)", "lcase": "lower(x)",
    "toupper": "upper(x)", "ucase": "upper(x)", "startswith": "starts_with(text, start)",
    "endswith": "ends_with(text, end)", "str_detect": "matches(text, pattern)",
    "grepl": "matches(text, pattern)", "regexp_matches": "matches(text, pattern)",
    "regexp_like": "matches(text, pattern)", "rlike": "matches(text, pattern)",
    "like": "contains(text, part) or matches(text, pattern)",
    "regexp_extract": "extract(text, pattern, group)",
    "str_extract": "extract(text, pattern, group)",
    "regexp_replace": "replace_matches(text, pattern, with)",
    "gsub": "replace_matches(text, pattern, with)", "sub": "replace_matches(text, pattern, with)",
    "str_replace": "replace(text, old, new)", "paste": "concat(a, b, with: \" \")",
    "paste0": "concat(a, b)", "concat_ws": "concat(a, b, with: \" \")",
    "str_c": "concat(a, b)", "split": "split_part(text, separator, number)",
    "lpad": "pad_left(text, length)", "rpad": "pad_right(text, length)",
    "zfill": "pad_left(text, length, \"0\")", "str_pad": "pad_left(text, length)",
    "rev": "reverse(text)", "str": "text(x)", "string": "text(x)", "to_string": "text(x)",
    "as_character": "text(x)", "varchar": "text(x)", "to_char": "text(x)", "float": "number(x)",
    "double": "number(x)", "as_numeric": "number(x)", "to_number": "number(x)",
    "numeric": "number(x)", "integer": "int(x)", "bigint": "int(x)", "as_integer": "int(x)",
    "boolean": "bool(x)", "logical": "bool(x)", "factor": "category(x)",
    "cast": "int(x), number(x), text(x), date(x), …", "convert": "int(x), number(x), text(x), …",
    "to_date": "date(x)", "as_date": "date(x)", "timestamp": "time(x)", "datetime": "time(x)",
    "to_timestamp": "time(x)", "to_datetime": "time(x)", "datediff": "days(b - a)",
    "date_diff": "days(b - a)", "difftime": "days(b - a)", "timedelta": "n * 1d",
    "dateadd": "day + 7d", "date_add": "day + 7d", "date_sub": "day - 7d",
    "date_trunc": "floor(time, 1mo)", "datetrunc": "floor(time, 1mo)",
    "floor_date": "floor(time, 1mo)", "date_part": "year(x), month(x), day(x), hour(x), …",
    "datepart": "year(x), month(x), day(x), hour(x), …", "dayofweek": "weekday(x)",
    "wday": "weekday(x)", "dow": "weekday(x)", "isoweek": "week(x)", "mday": "day(x)",
    "dayofmonth": "day(x)", "dayofyear": "day_of_year(x)", "yday": "day_of_year(x)",
    "hours_between": "hours(b - a)", "days_between": "days(b - a)", "ceiling": "ceil(x)",
    "truncate": "trunc(x)", "fabs": "abs(x)", "ln": "log(x)", "logn": "log(x)", "lg": "log10(x)",
    "pow": "x ^ y", "power": "x ^ y", "modulo": "x mod y", "remainder": "x mod y",
    "clip": "clamp(x, low, high)", "pmax": "greatest(a, b)", "pmin": "least(a, b)",
    "maximum": "greatest(a, b), or max(x) over rows",
    "minimum": "least(a, b), or min(x) over rows", "signum": "sign(x)", "bool_and": "all(x)",
    "every": "all(x)", "bool_or": "any(x)", "some": "any(x)", "round_half_up": "round(x, digits)",
    "now": "a `param`, because a script replays: today = param @2024-03-31",
    "today": "a `param`, because a script replays: today = param @2024-03-31",
    "current_date": "a `param`, because a script replays: today = param @2024-03-31",
    "current_timestamp": "a `param`, because a script replays: today = param @2024-03-31",
    "sysdate": "a `param`, because a script replays: today = param @2024-03-31",
    "random": "`sample` or `split`, which have a seed",
    "rand": "`sample` or `split`, which have a seed",
    "runif": "`sample` or `split`, which have a seed",
  ]
}
