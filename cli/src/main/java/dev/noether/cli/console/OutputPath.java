package dev.noether.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where an option says that results go: asked before the work begins, so that none is lost for want of a folder. */
public final class OutputPath {
    private OutputPath() {}

    /**
     * Makes the folder that an option names, where it is missing.
     *
     * @param folder null where the option was not given
     * @throws BadUseException if it cannot be made or written to
     */
    public static void folder(String option, @Nullable Path folder) {
        if (folder != null) {
            make(option + ": ", folder);
        }
    }

    /**
     * Makes the folder of the file that an option names; the file itself stays as it is.
     *
     * @param file null where the option was not given
     * @throws BadUseException if the file cannot be written
     */
    public static void file(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        if (Files.isDirectory(file)) {
            throw new BadUseException(option + " must be a file (" + file + " is a folder)");
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new BadUseException(option + ": " + file + " cannot be written");
        }
        folder(option, file.toAbsolutePath().getParent());
    }

    /** Makes a folder; the message of a failure begins with {@code where}. */
    static void make(String where, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException exception) {
            throw new BadUseException(
                    where + "the folder " + folder + " cannot be made: " + FailureReason.of(exception));
        }
        if (!Files.isWritable(folder)) {
            throw new BadUseException(where + "the folder " + folder + " cannot be written");
        }
    }
}
