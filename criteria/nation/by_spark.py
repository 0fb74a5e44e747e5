"""A nation answered by Spark: the whole at once, over however many machines the master has.

Spark is an optional extra (pyspark, and Java 17 or later). The text of the query is the one DuckDB runs, but for a few words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from criteria.engines.columns import Question, standings_sql
from criteria.engines.dialects import SPARK
from criteria.engines.needs import attributes_asked
from criteria.files import FileError
from criteria.nation.asking import KEYS, OUTPUT, Line, NationQuestion, grouped_sql, lines_sql, rows_sql
from criteria.nation.layout import AS_KEPT, ENCOUNTERS_FOLDER, PUPILS_FOLDER, SCHOOLS_FILE
from criteria.nation.people import TRAITS, asked_by, kept_columns, people_sql, profile_columns
from criteria.tables import ENCOUNTERS, PUPILS, SCHOOLS, Kind, Table

MISSING = "The engine 'spark' needs pyspark, which is not installed here; install Trigpoint with its 'spark' extra (and Java 17)."
TYPES = {Kind.INTEGER: "INT", Kind.NUMBER: "DOUBLE", Kind.DATE: "DATE", Kind.FLAG: "BOOLEAN"}
CONFIGURED = {
    # A school's number is text, though it looks like a number.
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.sql.parquet.mergeSchema": "true",
    "spark.ui.enabled": "false",
    "spark.log.level": "ERROR",
    # The judging of a row is one long method, which Java would otherwise go through word by word every time.
    "spark.driver.extraJavaOptions": "-XX:-DontCompileHugeMethods",
    "spark.executor.extraJavaOptions": "-XX:-DontCompileHugeMethods",
}
PARTS, SPARKS_OWN = "spark.sql.shuffle.partitions", "200"
OF_SCHOOL = ("school", "setting", "area")


def start(master: str) -> Any:
    """A session on a master: local[*] is this machine, spark://host:7077 a cluster. FileError where Spark cannot start."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise FileError(MISSING) from None
    building = SparkSession.builder.master(master).appName("Trigpoint")
    for name, value in CONFIGURED.items():
        building = building.config(name, value)
    try:
        session = building.config("spark.ui.showConsoleProgress", "true").getOrCreate()
    except Exception as error:
        raise FileError(f"Spark could not start on '{master}': {_first_line(error)}.") from None
    return as_many_parts_as_workers(session)


def as_many_parts_as_workers(session: Any) -> Any:
    """The session with work cut into twice as many parts as there are workers: Spark's usual two hundred, which on one machine
    take longer to hand out than to do, are for far larger data than a nation's pupils.
    """
    if session.conf.get(PARTS) == SPARKS_OWN:
        session.conf.set(PARTS, str(2 * session.sparkContext.defaultParallelism))
    return session


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


@dataclass(frozen=True)
class BySpark:
    """`folder` is anything Spark can read: a path, or an address of storage the cluster shares."""

    folder: str
    session: Any

    def summarise(self, question: NationQuestion) -> Iterator[Line]:
        asked, stood = self._standings(question, exact=False)
        self._keep("stood", stood)
        self._keep("grouped", grouped_sql(asked, "SELECT * FROM stood"))
        yield from (Line(*row) for row in self.session.sql(lines_sql(asked, "grouped")).collect())
        self._let_go("stood", "grouped")

    def evaluate(self, question: NationQuestion, target: str) -> int:
        asked, stood = self._standings(question, exact=True)
        self._keep("stood", stood)
        rows = self.session.sql(rows_sql(asked, "stood"))
        rows.select(*OUTPUT).write.mode("errorifexists").option("compression", "zstd").parquet(target)
        written = self.session.sql("SELECT COUNT(*) FROM stood").collect()[0][0] * len(question.criteria)
        self._let_go("stood")
        return int(written)

    def _keep(self, name: str, query: str) -> None:
        """A relation that is read several times, worked out once."""
        self.session.sql(query).persist().createOrReplaceTempView(name)

    def _let_go(self, *names: str) -> None:
        for name in names:
            self.session.table(name).unpersist()

    def _standings(self, question: NationQuestion, exact: bool) -> tuple[Question, str]:
        criteria, as_at = question.criteria, question.as_at
        people = people_sql(
            self._select(PUPILS, PUPILS_FOLDER, kept_columns(criteria)), self._select(SCHOOLS, SCHOOLS_FILE, OF_SCHOOL),
            criteria, as_at, SPARK,
        )  # fmt: skip
        profiles = self.session.sql(f"SELECT DISTINCT {', '.join(profile_columns(criteria))} FROM ({people})").collect()
        taught = self.session.sql(f"SELECT DISTINCT subjects FROM ({people}) WHERE subjects IS NOT NULL").collect()
        columns = (*KEYS, "date", "status", *sorted(attributes_asked(criteria) - {"date"}))
        asked = Question(
            criteria, asked_by(profiles, criteria, as_at), as_at, SPARK, KEYS, exact, tuple(row[0] for row in taught)
        )
        return asked, standings_sql(
            asked, people, self._select(ENCOUNTERS, ENCOUNTERS_FOLDER, columns), ("area", *TRAITS)
        )

    def _select(self, table: Table, part: str, columns: Sequence[str]) -> str:
        """A SELECT of these columns of one table, a column that is not kept being unknown for everybody."""
        try:
            frame = self.session.read.parquet(f"{self.folder}/{part}")
        except Exception as error:
            raise FileError(f"{self.folder}/{part}: it cannot be read as Parquet ({_first_line(error)}).") from None
        frame.createOrReplaceTempView(f"kept_{table.name}")
        kept = dict(frame.dtypes)
        return f"SELECT {', '.join(_column(table, kept.get(name), name) for name in columns)} FROM kept_{table.name}"


def _column(table: Table, kept: str | None, name: str) -> str:
    """A column as the query wants it, whatever it is kept as."""
    if name == "school":
        return name
    kind = table.column(name).kind
    wanted = TYPES.get(kind, "STRING")
    if kept is None:
        return f"CAST(NULL AS {wanted}) AS {name}"
    if kind is Kind.CODES and kept.startswith("array"):
        codes = f"ARRAY_JOIN(SORT_ARRAY(ARRAY_DISTINCT({name})), '|')"
        return (
            f"CASE WHEN SIZE({name}) = 0 THEN '' WHEN {name} IS NOT NULL THEN CONCAT('|', {codes}, '|') END AS {name}"
        )
    return name if name in AS_KEPT else f"CAST({name} AS {wanted}) AS {name}"
