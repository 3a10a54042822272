package dev.noether.cli.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of recorded streams: one subfolder per entity, all entities with the same features.
 *
 * <p>Opening a folder reads the headers of all files, so that different features are reported before any rows are read.
 * Immutable and thread-safe.
 */
public final class StreamFolder {
    private final Path folder;
    private final List<RecordedEntity> entities;
    private final List<String> featureNames;

    private StreamFolder(Path folder, List<RecordedEntity> entities, List<String> featureNames) {
        this.folder = folder;
        this.entities = entities;
        this.featureNames = featureNames;
    }

    /**
     * Opens a folder with all its entities.
     *
     * @throws StreamDataException if the folder cannot be read, has no entities, or its files have different features
     */
    public static StreamFolder open(Path folder) {
        return open(folder, List.of());
    }

    /**
     * Opens a folder with some of its entities; the files of the other entities are not checked.
     *
     * @param names names of the entities, in this order; empty for all entities in alphabetical order
     * @throws StreamDataException as {@link #open(Path)} does, and if there is no entity with one of the names
     */
    public static StreamFolder open(Path folder, List<String> names) {
        List<RecordedEntity> known = entitiesIn(folder);
        List<RecordedEntity> chosen = names.isEmpty()
                ? known
                : names.stream()
                        .distinct()
                        .map(name -> find(folder, known, name))
                        .toList();
        return new StreamFolder(folder, chosen, commonFeatures(chosen));
    }

    /** The name of the folder. */
    public String name() {
        return name(folder);
    }

    /** The entities, at least one. */
    public List<RecordedEntity> entities() {
        return entities;
    }

    /** The entity with a name. */
    public RecordedEntity entity(String name) {
        return find(folder, entities, name);
    }

    /** The names of the features in the order of a row, the same in every file. */
    public List<String> featureNames() {
        return featureNames;
    }

    private static List<RecordedEntity> entitiesIn(Path folder) {
        if (!Files.exists(folder)) {
            throw new StreamDataException("the folder " + folder + " does not exist");
        }
        if (!Files.isDirectory(folder)) {
            throw new StreamDataException(folder + " is a file, expected a folder with one subfolder per entity");
        }
        try (Stream<Path> children = Files.list(folder)) {
            List<Path> folders = children.sorted().toList();
            folders.forEach(StreamFolder::requireReadable);
            List<RecordedEntity> entities = folders.stream()
                    .map(child -> new RecordedEntity(name(child), child))
                    .filter(entity -> entity.trainingFile().isPresent()
                            || entity.testFile().isPresent())
                    .toList();
            if (entities.isEmpty()) {
                throw new StreamDataException("no entity folders in " + folder
                        + ", expected one subfolder per entity with train.csv and test.csv, each perhaps with .gz");
            }
            return entities;
        } catch (IOException exception) {
            throw StreamDataException.unreadable(folder, exception);
        }
    }

    /**
     * A folder without read permission looks empty; without this check its entity would be skipped without a message.
     */
    private static void requireReadable(Path child) {
        if (Files.isDirectory(child) && !(Files.isReadable(child) && Files.isExecutable(child))) {
            throw StreamDataException.unreadable(child, new AccessDeniedException(child.toString()));
        }
    }

    private static RecordedEntity find(Path folder, List<RecordedEntity> entities, String name) {
        return entities.stream()
                .filter(entity -> entity.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new StreamDataException("no entity " + name + " in " + name(folder) + "; known entities are "
                                + entities.stream().map(RecordedEntity::name).toList()));
    }

    private static List<String> commonFeatures(List<RecordedEntity> entities) {
        List<Path> files = entities.stream()
                .flatMap(entity -> Stream.of(entity.trainingFile(), entity.testFile()))
                .flatMap(Optional::stream)
                .toList();
        List<String> expected = featuresOf(files.get(0));
        for (Path file : files) {
            requireSame(file, featuresOf(file), files.get(0), expected);
        }
        return expected;
    }

    private static void requireSame(Path file, List<String> actual, Path firstFile, List<String> expected) {
        if (actual.size() != expected.size()) {
            throw new StreamDataException(file + " line 1: " + actual.size() + " features, expected " + expected.size()
                    + " as in " + firstFile);
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!actual.get(i).equals(expected.get(i))) {
                throw new StreamDataException(file + " line 1: feature " + (i + 1) + " is `" + actual.get(i)
                        + "`, expected `" + expected.get(i) + "` as in " + firstFile);
            }
        }
    }

    private static List<String> featuresOf(Path file) {
        try (StreamReader reader = StreamReader.open(file)) {
            return reader.featureNames();
        }
    }

    private static String name(Path path) {
        Path last = path.toAbsolutePath().normalize().getFileName();
        return last == null ? path.toString() : last.toString();
    }
}
