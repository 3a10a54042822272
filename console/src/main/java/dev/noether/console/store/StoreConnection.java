package dev.noether.console.store;

import dev.noether.schemas.Incident;
import dev.noether.schemas.output.OutputCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the file of the store, with its prepared statements. All values are parameters, never part of a
 * statement's text. Not thread safe.
 */
public final class StoreConnection implements AutoCloseable {
    private static final int MOST_STATEMENTS = 200;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final OutputCodec<Incident> incidents = OutputCodec.incidents();

    StoreConnection(Connection connection) {
        this.connection = connection;
    }

    /** Makes a value of a row. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Receives each row. */
    @FunctionalInterface
    public interface RowReceiver {
        void take(ResultSet row) throws SQLException;
    }

    /** Runs a statement that changes rows; returns how many it changed. */
    int update(String sql, @Nullable Object... parameters) throws SQLException {
        return bound(sql, parameters).executeUpdate();
    }

    /** Calls a receiver with each row of a query. */
    void each(String sql, RowReceiver receiver, @Nullable Object... parameters) throws SQLException {
        try (ResultSet rows = bound(sql, parameters).executeQuery()) {
            while (rows.next()) {
                receiver.take(rows);
            }
        }
    }

    /** Returns the rows of a query. */
    <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... parameters) throws SQLException {
        List<T> list = new ArrayList<>();
        each(sql, row -> list.add(reader.read(row)), parameters);
        return list;
    }

    /** Returns the first row of a query; null if it has none. */
    <T> @Nullable T first(String sql, RowReader<T> reader, @Nullable Object... parameters) throws SQLException {
        try (ResultSet rows = bound(sql, parameters).executeQuery()) {
            return rows.next() ? reader.read(rows) : null;
        }
    }

    /** Returns the number in the first column of the first row; 0 if there is no row or it is null. */
    long number(String sql, @Nullable Object... parameters) throws SQLException {
        try (ResultSet rows = bound(sql, parameters).executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /** Runs a statement without parameters to its end; rows that it returns are ignored. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Not execute(), which makes only the first step: a vacuum has one for each page.
            statement.executeUpdate(sql);
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    /** The codec of stored incidents, which is as little thread safe as the connection. */
    OutputCodec<Incident> incidents() {
        return incidents;
    }

    private PreparedStatement bound(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            if (statements.size() >= MOST_STATEMENTS) {
                closeStatements();
            }
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            bind(statement, i + 1, parameters[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof Double number) {
            // SQLite has no NaN: it stores null.
            statement.setObject(index, number.isNaN() ? null : number);
        } else {
            statement.setObject(index, value);
        }
    }

    private void closeStatements() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
    }

    @Override
    public void close() throws SQLException {
        closeStatements();
        connection.close();
    }
}
