package dev.noether.flink.recovery;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A checkpoint cannot be used: its metadata or a file that it names is missing, cut or unreadable. */
public final class DamagedCheckpointException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedCheckpointException(Path folder, String reason, @Nullable Throwable cause) {
        super("the checkpoint " + folder + " is damaged: " + reason, cause);
    }
}
