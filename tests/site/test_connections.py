"""Connections to PostgreSQL from request to request."""

import pytest
from flask import Flask
from psycopg.errors import ReadOnlySqlTransaction
from sqlalchemy import create_engine, text
from sqlalchemy.exc import InternalError, OperationalError

from pioneers.db import db, expect_writes, writing

pytestmark = pytest.mark.parametrize("real_app", ["postgresql"], indirect=True)
OWN = text("SELECT pg_backend_pid()")


def test_what_only_reads_cannot_write(real_app: Flask) -> None:
    with real_app.app_context():
        expect_writes(False)
        try:
            with pytest.raises(InternalError) as refused:
                db.session.execute(text("UPDATE programme SET version = version + 1"))
            assert isinstance(refused.value.orig, ReadOnlySqlTransaction)
            db.session.rollback()
            with writing():
                db.session.execute(text("UPDATE programme SET version = version + 1"))
                db.session.rollback()
        finally:
            expect_writes(True)


def test_statements_stay_prepared_after_reading(real_app: Flask) -> None:
    prepared = text("SELECT count(*) FROM pg_prepared_statements")
    with real_app.app_context():
        expect_writes(False)
        try:
            for _ in range(8):
                db.session.execute(text("SELECT count(*) FROM programme"))
                db.session.remove()
            assert db.session.scalar(prepared)
        finally:
            expect_writes(True)


def test_a_connection_that_the_server_ended_is_not_used(real_app: Flask) -> None:
    end = text("SELECT pg_terminate_backend(:pid, 5000)")
    with real_app.app_context():
        gone = db.session.scalar(OWN)
        other = create_engine(db.engine.url)
        db.session.remove()
        with other.connect() as connection:
            assert connection.scalar(end, {"pid": gone})
        other.dispose()
        assert db.session.scalar(OWN) != gone


def test_a_server_that_goes_during_a_request_is_one_failure(real_app: Flask) -> None:
    end = text("SELECT pg_terminate_backend(pg_backend_pid())")
    with real_app.app_context():
        expect_writes(False)
        try:
            with pytest.raises(OperationalError):
                db.session.execute(end)
            db.session.remove()
            assert db.session.scalar(OWN)
        finally:
            expect_writes(True)
