package dev.noether.console.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The file of the store. A file that is damaged, or that another version wrote, is put aside, and a new one is begun; the
 * followers then read the topics from their beginning. One process at a time may write it. Thread safe.
 */
final class StoreFile {
    private static final Logger LOG = LoggerFactory.getLogger(StoreFile.class);
    private static final String NAME = "console.sqlite";
    private static final String LOCK = "console.lock";
    private static final String ASIDE = NAME + ".old";
    private static final String DAMAGED = NAME + ".damaged";
    private static final List<String> SUFFIXES = List.of("", "-wal", "-shm");

    private static final int BUSY_MILLIS = 10_000;
    private static final int CACHE_KIBIBYTES = 8_192;
    private static final int WAL_PAGES = 1_000;
    private static final int WAL_BYTES = 16 << 20;

    private final Path directory;
    private @Nullable FileChannel lock;

    StoreFile(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens the connection that writes, and makes the tables if they are missing.
     *
     * @throws StoreException if the directory cannot be used, another console has it open, or the store belongs to
     *     another detector
     */
    StoreConnection openForWriting(String detector) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StoreException(
                    "the directory " + directory + " cannot be made (" + reason(e)
                            + "); set console.directory to one that this user can write",
                    e);
        }
        lock();
        try {
            return opened(detector);
        } catch (StoreException e) {
            unlock();
            throw e;
        }
    }

    /** Two consoles on one store would each count every score. The lock ends with the process, however it ends. */
    private void lock() {
        Path path = directory.resolve(LOCK);
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean isFree = false;
            try {
                isFree = channel.tryLock() != null;
            } catch (OverlappingFileLockException e) {
                LOG.debug("Another console of this process has the store open.", e);
            }
            if (!isFree) {
                channel.close();
                throw new StoreException(
                        "the store in " + directory + " is open in another console; stop that one, or give this one a"
                                + " directory of its own (console.directory, --store)");
            }
            lock = channel;
        } catch (IOException e) {
            throw new StoreException("the file " + path + " cannot be locked (" + reason(e) + ")", e);
        }
    }

    /** Lets another console open the store. */
    void unlock() {
        FileChannel held = lock;
        lock = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                LOG.warn("The lock of the store in {} is not given back before this process ends.", directory, e);
            }
        }
    }

    private StoreConnection opened(String detector) {
        if (Files.exists(directory.resolve(DAMAGED))) {
            putAside("an earlier run found it damaged");
        }
        try {
            return prepared(detector);
        } catch (SQLException e) {
            if (!isDamage(e)) {
                throw new StoreException("the store " + file() + " cannot be opened: " + e.getMessage(), e);
            }
            putAside("it is damaged: " + e.getMessage());
        }
        try {
            return prepared(detector);
        } catch (SQLException e) {
            throw new StoreException("a new store " + file() + " cannot be made: " + e.getMessage(), e);
        }
    }

    private StoreConnection prepared(String detector) throws SQLException {
        StoreConnection connection = connect(false);
        long version = connection.number("PRAGMA user_version");
        if (version != 0 && version != StoreSchema.VERSION) {
            connection.close();
            putAside("it has version " + version + ", and this program writes version " + StoreSchema.VERSION);
            connection = connect(false);
            version = 0;
        }
        try {
            if (version == 0) {
                StoreSchema.create(connection, detector);
            }
            requireDetector(connection, detector);
            return connection;
        } catch (SQLException | StoreException e) {
            connection.close();
            throw e;
        }
    }

    /** Opens the connection that writes again; the lock is still held. */
    StoreConnection reopenForWriting(String detector) throws SQLException {
        return prepared(detector);
    }

    private void requireDetector(StoreConnection connection, String detector) throws SQLException {
        String owner = connection.first("SELECT value FROM meta WHERE name = 'detector'", row -> row.getString(1));
        if (!detector.equals(owner)) {
            throw new StoreException("the store " + file() + " belongs to the detector `" + owner
                    + "`; give the detector `" + detector + "` its own console.directory");
        }
    }

    /** Opens a connection that only reads. */
    StoreConnection openForReading() throws SQLException {
        return connect(true);
    }

    private StoreConnection connect(boolean isReader) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-CACHE_KIBIBYTES);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setJournalSizeLimit(WAL_BYTES);
        config.setReadOnly(isReader);
        Connection connection = config.createConnection("jdbc:sqlite:" + file());
        StoreConnection store = new StoreConnection(connection);
        if (!isReader) {
            // Before the first page is written: an existing file keeps its mode.
            store.execute("PRAGMA auto_vacuum = INCREMENTAL");
            store.execute("PRAGMA journal_mode = WAL");
            store.execute("PRAGMA wal_autocheckpoint = " + WAL_PAGES);
            connection.setAutoCommit(false);
        }
        return store;
    }

    /** Whether an error says that the content of the file is wrong. */
    static boolean isDamage(SQLException e) {
        if (!(e instanceof SQLiteException)) {
            return false;
        }
        SQLiteErrorCode code = ((SQLiteException) e).getResultCode();
        return code == SQLiteErrorCode.SQLITE_NOTADB
                || (code != null && code.name().startsWith(SQLiteErrorCode.SQLITE_CORRUPT.name()));
    }

    /** Makes the next start begin a new file. */
    void markDamaged() {
        try {
            Files.writeString(directory.resolve(DAMAGED), "The console found " + NAME + " damaged.\n");
        } catch (IOException e) {
            LOG.warn("The store {} is damaged; delete it before the next start.", file(), e);
        }
    }

    private void putAside(String reason) {
        LOG.warn("The store {} is put aside as {}, and made again from the topics: {}.", file(), ASIDE, reason);
        try {
            for (String suffix : SUFFIXES) {
                Path part = directory.resolve(NAME + suffix);
                if (Files.exists(part)) {
                    Files.move(part, directory.resolve(ASIDE + suffix), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.deleteIfExists(directory.resolve(DAMAGED));
        } catch (IOException e) {
            throw new StoreException(
                    "the store " + file() + " is of no use (" + reason + ") and cannot be put aside; delete it", e);
        }
    }

    /** Returns the bytes of the files that belong to the store. */
    long bytes() {
        long sum = 0;
        for (String suffix : SUFFIXES) {
            Long size = size(directory.resolve(NAME + suffix));
            sum += size == null ? 0 : size;
        }
        return sum;
    }

    private static @Nullable Long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private Path file() {
        return directory.resolve(NAME);
    }

    /** Java's messages are the path and the reason, or the path alone. */
    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException file ? file.getReason() : null;
        return reason == null ? e.getClass().getSimpleName().replace("Exception", "") : reason;
    }
}
