package dev.noether.console.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the console knows, in one file. The records of a topic and the offset after them are written in one transaction,
 * so that a process that is killed at any point loses and repeats nothing. Thread safe: one writer at a time, and a few
 * readers beside it.
 */
public final class ConsoleStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleStore.class);
    private static final int READERS = 4;
    private static final long READER_WAIT_SECONDS = 10;

    private final StoreFile file;
    private final String detector;
    /** Null after a change that could not be undone, until the next one. */
    private @Nullable StoreConnection writer;

    private final BlockingQueue<StoreConnection> readers = new ArrayBlockingQueue<>(READERS);
    private volatile @Nullable String failure;
    private boolean isClosed;

    private ConsoleStore(StoreFile file, String detector, StoreConnection writer) {
        this.file = file;
        this.detector = detector;
        this.writer = writer;
    }

    /** A change of the store in one transaction. */
    @FunctionalInterface
    public interface Change<T> {
        T apply(StoreConnection connection) throws SQLException;
    }

    /** A question whose answer may be missing. */
    @FunctionalInterface
    public interface Search<T> {
        @Nullable
        T apply(StoreConnection connection) throws SQLException;
    }

    /**
     * Opens the store of a detector, or begins a new one.
     *
     * @param directory directory of the file; it is made if it is missing
     * @throws StoreException if it cannot be used; the message says what to do
     */
    public static ConsoleStore open(Path directory, String detector) {
        StoreFile file = new StoreFile(directory);
        ConsoleStore store = new ConsoleStore(file, detector, file.openForWriting(detector));
        try {
            for (int i = 0; i < READERS; i++) {
                store.readers.add(file.openForReading());
            }
            return store;
        } catch (SQLException e) {
            store.close();
            throw new StoreException("the store in " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Makes a change in one transaction.
     *
     * @throws StoreException if the file cannot be written; nothing is changed then
     */
    public synchronized <T> T write(Change<T> change) {
        requireOpen();
        try {
            StoreConnection connection = writer();
            try {
                T result = change.apply(connection);
                connection.commit();
                failure = null;
                return result;
            } catch (SQLException | RuntimeException e) {
                undo(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw failed("written", e);
        }
    }

    private StoreConnection writer() throws SQLException {
        StoreConnection current = writer;
        if (current == null) {
            current = file.reopenForWriting(detector);
            writer = current;
        }
        return current;
    }

    /**
     * Undoes a change. SQLite itself ends the transaction if for instance the disk is full; the connection then has no
     * transaction to undo, and would store each further statement at once. So it is replaced.
     */
    private void undo(StoreConnection connection, Exception reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
            writer = null;
            try {
                connection.close();
            } catch (SQLException again) {
                reason.addSuppressed(again);
            }
        }
    }

    /**
     * Reads.
     *
     * @throws StoreException if the file cannot be read, or too many others read at this moment
     */
    public <T> T read(Change<T> query) {
        StoreConnection reader = reader();
        try {
            return query.apply(reader);
        } catch (SQLException e) {
            throw failed("read", e);
        } finally {
            readers.add(reader);
        }
    }

    /**
     * Reads what may be missing.
     *
     * @return what the query found; null if it found nothing
     * @throws StoreException as {@link #read} does
     */
    public <T> @Nullable T find(Search<T> query) {
        StoreConnection reader = reader();
        try {
            return query.apply(reader);
        } catch (SQLException e) {
            throw failed("read", e);
        } finally {
            readers.add(reader);
        }
    }

    private StoreConnection reader() {
        try {
            StoreConnection reader = readers.poll(READER_WAIT_SECONDS, TimeUnit.SECONDS);
            if (reader == null) {
                throw new StoreException("the console answers too many questions at this moment; ask again");
            }
            return reader;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("the console stops", e);
        }
    }

    private StoreException failed(String verb, SQLException e) {
        String message = "the store cannot be " + verb + ": " + e.getMessage();
        if (StoreFile.isDamage(e)) {
            file.markDamaged();
            message += "; restart the console: it makes the store again from the topics";
        }
        failure = message;
        return new StoreException(message, e);
    }

    private void requireOpen() {
        if (isClosed) {
            throw new StoreException("the store is closed");
        }
    }

    /** Why the store cannot be used; null if nothing has failed since the last change. */
    public @Nullable String failure() {
        return failure;
    }

    /** Returns the bytes of the store on disk. */
    public long bytes() {
        return file.bytes();
    }

    /** Returns the next offset of each partition of a topic that was read before. */
    public Map<Integer, Long> positions(TopicRole role) {
        return read(connection -> {
            Map<Integer, Long> positions = new HashMap<>();
            connection.each(
                    "SELECT partition, next FROM position WHERE role = ?",
                    row -> positions.put(row.getInt(1), row.getLong(2)),
                    role.ordinal());
            return positions;
        });
    }

    /** Stores the next offset of a partition, as part of a change. */
    public static void advance(StoreConnection connection, TopicRole role, int partition, long next, long records)
            throws SQLException {
        connection.update(
                "INSERT INTO position (role, partition, next, records) VALUES (?1, ?2, ?3, ?4)"
                        + " ON CONFLICT (role, partition) DO UPDATE SET next = ?3, records = records + ?4",
                role.ordinal(),
                partition,
                next,
                records);
    }

    /**
     * Makes known which topic is followed. If it is not the one that was followed before, because it was deleted and
     * made again, all that came from that one is removed.
     *
     * @param id Kafka's id of the topic
     * @return whether something was removed
     */
    public boolean follow(TopicRole role, String id) {
        return write(connection -> {
            String known =
                    connection.first("SELECT id FROM topic WHERE role = ?", row -> row.getString(1), role.ordinal());
            if (id.equals(known)) {
                return false;
            }
            if (known != null) {
                LOG.warn(
                        "The topic of the {} was deleted and made again: what came from the old one is removed.", role);
                forget(connection, role);
            }
            connection.update(
                    "INSERT INTO topic (role, id) VALUES (?1, ?2) ON CONFLICT (role) DO UPDATE SET id = ?2",
                    role.ordinal(),
                    id);
            return known != null;
        });
    }

    /** Removes all that came from a topic, and how far it was read. */
    public void forget(TopicRole role) {
        write(connection -> {
            forget(connection, role);
            return true;
        });
    }

    private static void forget(StoreConnection connection, TopicRole role) throws SQLException {
        List<String> tables = switch (role) {
            case SCORES -> List.of("score", "hour", "entity_hour");
            case INCIDENTS -> List.of("incident", "incident_record", "incident_report");
            case MODELS -> List.of("models");
            case FEEDBACK -> List.of("feedback");
        };
        for (String table : tables) {
            connection.execute("DELETE FROM " + table);
        }
        if (role == TopicRole.SCORES) {
            connection.execute(
                    "UPDATE entity SET first = NULL, last = NULL, rows = 0, anomalous = 0, kept = NULL, near = NULL");
        }
        if (role == TopicRole.FEEDBACK) {
            connection.execute("UPDATE incident SET feedback = 0");
        }
        connection.update("UPDATE topic SET newest = NULL WHERE role = ?", role.ordinal());
        connection.update("DELETE FROM position WHERE role = ?", role.ordinal());
    }

    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            for (StoreConnection reader : readers) {
                reader.close();
            }
            if (writer != null) {
                writer.close();
            }
        } catch (SQLException e) {
            LOG.warn("The store is not closed well; this loses nothing.", e);
        }
        file.unlock();
    }
}
