package dev.noether.lab.bench;

import dev.noether.flink.emit.WriteGate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A gate that is open, and stores the time at which a sink first came to it. A job works with a copy of this object, so the
 * time is stored in a file.
 *
 * @param note file that the time is stored in
 */
record StartTimeGate(String note) implements WriteGate {
    @Override
    public void await() {
        try {
            Files.writeString(Path.of(note), Long.toString(System.currentTimeMillis()), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            // Another sink or subtask has already stored its time.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the time, in milliseconds since 1970 UTC. */
    long start() throws IOException {
        return Long.parseLong(Files.readString(Path.of(note)));
    }
}
