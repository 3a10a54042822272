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
    /** Opens {@code train.csv.gz} or {@code train.csv}; the caller closes it. */
    public StreamReader openTraining() {
        return StreamReader.open(required("train"));
    }

    /** Opens {@code test.csv.gz} or {@code test.csv}, which must have labels; the caller closes it. */
    public StreamReader openTest() {
        Path file = required("test");
        StreamReader reader = StreamReader.open(file);
        if (!reader.hasLabels()) {
            reader.close();
            throw new StreamDataException(file + " line 1: the last column is `"
                    + reader.featureNames().get(reader.featureNames().size() - 1) + "`, expected `label`");
        }
        return reader;
    }

    /** Reads the whole training file. */
    public LabelledSeries readTraining() {
        try (StreamReader reader = openTraining()) {
            return new LabelledSeries(reader);
        }
    }

    /** Reads the whole test file. */
    public LabelledSeries readTest() {
        try (StreamReader reader = openTest()) {
            return new LabelledSeries(reader);
        }
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
