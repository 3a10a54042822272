package dev.noether.lab.bench;

import dev.noether.flink.release.KnownReleases;
import dev.noether.schemas.ModelRelease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Releases that store the time at which they were first read. An operator reads them immediately before it processes
 * rows, when its sinks are already open. The time is stored in a file, because a job works with a copy of this object.
 */
final class StartTimeReleases implements KnownReleases {
    private static final long serialVersionUID = 1L;

    private final KnownReleases releases;
    private final String note;

    StartTimeReleases(KnownReleases releases, Path note) {
        this.releases = releases;
        this.note = note.toString();
    }

    @Override
    public List<ModelRelease> read() {
        List<ModelRelease> read = releases.read();
        try {
            Files.writeString(Path.of(note), Long.toString(System.currentTimeMillis()), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            // Another subtask has already stored its time.
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }

    /** Returns the time of the first read, in milliseconds since 1970 UTC. */
    long start() throws IOException {
        return Long.parseLong(Files.readString(Path.of(note)));
    }
}
