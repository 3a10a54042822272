package dev.noether.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One entity of a {@link StreamFolder}: a folder with a training file and a test file. A missing file is an error only
 * when it is opened. Immutable.
 *
 * @param name name of the entity and of its folder
 * @param folder folder of the files
 */
public record RecordedEntity(String name, Path folder) {
    /** Reads {@code train.csv.gz} or {@code train.csv}. */
    public LabelledSeries readTraining() {
        return LabelledSeries.read(required("train"));
    }

    /** Reads {@code test.csv.gz} or {@code test.csv}. */
    public LabelledSeries readTest() {
        return LabelledSeries.read(required("test"));
    }

    Optional<Path> trainingFile() {
        return file("train");
    }

    Optional<Path> testFile() {
        return file("test");
    }

    private Path required(String part) {
        return file(part)
                .orElseThrow(
                        () -> new StreamDataException(folder + " has no " + part + ".csv.gz and no " + part + ".csv"));
    }

    private Optional<Path> file(String part) {
        Path compressed = folder.resolve(part + ".csv.gz");
        Path plain = folder.resolve(part + ".csv");
        if (Files.exists(compressed)) {
            return Optional.of(compressed);
        }
        return Files.exists(plain) ? Optional.of(plain) : Optional.empty();
    }
}
