package dev.noether.lab.chaos.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A second name for each file that a model store ever had, so that a replay can load models that were collected since.
 * The names are hard links: they cost nothing, and nobody's deletion removes them. Thread-safe.
 */
public final class KeptModels {
    private final Path store;
    private final Path kept;

    KeptModels(Path store, Path kept) {
        this.store = store;
        this.kept = kept;
    }

    /** The folder with the kept files. */
    public Path folder() {
        return kept;
    }

    /** The kept file of an artifact's location; files outside of the store have none. */
    public Path of(Path original) {
        return original.startsWith(store) ? kept.resolve(store.relativize(original)) : original;
    }

    /** Links the files that are new. What vanishes meanwhile is left out. */
    synchronized void keep() {
        if (!Files.isDirectory(store)) {
            return;
        }
        try (Stream<Path> files = Files.walk(store)) {
            files.filter(Files::isRegularFile).forEach(this::link);
        } catch (IOException | java.io.UncheckedIOException moved) {
            // The store was moved away meanwhile; the next look finds it again.
            return;
        }
    }

    private void link(Path file) {
        Path link = of(file);
        try {
            if (!Files.exists(link)) {
                Files.createDirectories(link.getParent());
                Files.createLink(link, file);
            }
        } catch (IOException vanished) {
            // A file that was there for a moment only was no artifact.
            return;
        }
    }
}
