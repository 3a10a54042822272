package dev.noether.lab.evaluate.detect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Clears away what a backtest leaves on disk. */
public final class TemporaryFolders {
    private TemporaryFolders() {}

    /** Deletes a folder with all that is in it. */
    public static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException exception) {
            throw new UncheckedIOException("the temporary folder " + folder + " cannot be deleted", exception);
        }
    }
}
