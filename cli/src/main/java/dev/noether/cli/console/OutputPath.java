package dev.noether.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Checks the output paths of a command before the work begins, so that no results are lost. */
public final class OutputPath {
    private OutputPath() {}

    /**
     * Creates the folder of an option if it is missing.
     *
     * @param option name of the option, for messages
     * @param folder value of the option; null if it is absent
     * @throws BadUseException if the folder cannot be created or written to
     */
    public static void folder(String option, @Nullable Path folder) {
        if (folder != null) {
            make(option + ": ", folder);
        }
    }

    /**
     * Creates the parent folder of the file of an option if it is missing; does not change the file.
     *
     * @param option name of the option, for messages
     * @param file value of the option; null if it is absent
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
            throw new BadUseException(option + ": " + file + " is not writable");
        }
        folder(option, file.toAbsolutePath().getParent());
    }

    /**
     * Creates a folder.
     *
     * @param prefix beginning of the message if it fails
     */
    static void make(String prefix, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException exception) {
            throw new BadUseException(
                    prefix + "the folder " + folder + " cannot be created: " + FailureReason.of(exception));
        }
        if (!Files.isWritable(folder)) {
            throw new BadUseException(prefix + "the folder " + folder + " is not writable");
        }
    }
}
