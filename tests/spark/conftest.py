"""One Spark for all these tests, on this machine only."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from typing import Any

import pytest

from tooling import java

QUIET_AND_SMALL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    # A few hundred rows: more parts, and plans made again half way, would only cost time.
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.adaptive.enabled": "false",
    # As Spark 4 is delivered: a number that does not fit or a text that is no date is an error, not a silent blank.
    "spark.sql.ansi.enabled": "true",
    # Each query is asked once: to make it run fast would cost more than to run it.
    "spark.sql.codegen.wholeStage": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
}


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A session of Spark in local mode. Skipped, saying why, where there is no Java or no pyspark."""
    if why := java.missing():
        pytest.skip(f"Spark cannot run: {why}")
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is an optional extra: python3 run.py test installs it")
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    logging.getLogger("py4j").setLevel(logging.ERROR)  # it has something to say after the last line is closed
    building = sql.SparkSession.builder.master("local[2]").appName("Trigpoint's tests")
    for name, value in QUIET_AND_SMALL.items():
        building = building.config(name, value)
    session = building.getOrCreate()
    yield session
    session.stop()
