package dev.noether.lab.evaluate.dataset;

import dev.noether.cli.data.LabelledSeries;
import dev.noether.cli.data.RecordedEntity;
import dev.noether.cli.data.StreamDataException;
import dev.noether.lab.metric.EventCauses;
import dev.noether.lab.metric.Interpretation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A folder with {@code train.csv.gz} (t, features) and {@code test.csv.gz} (t, features, label), as SMD, ASD and the
 * UCR anomaly archive come; {@code .csv} without compression too, and without labels. An {@code interpretation.txt}
 * beside them says which features caused which event. If {@code t} counts minutes, that of the test goes on behind the
 * training, or begins anew.
 *
 * @param folder the series
 */
record SplitFolder(Path folder) implements SeriesSource {
    private static final long MINUTE = 60_000;
    /** Where {@code t} = 0 is laid: any day will do. */
    private static final long START = 1_577_836_800_000L;

    /** Whether a folder is one. */
    static boolean isOne(Path folder) {
        return has(folder, "train") && has(folder, "test");
    }

    /** Whether a folder was meant to be one and lacks a file. */
    static boolean isHalf(Path folder) {
        return has(folder, "train") ^ has(folder, "test");
    }

    private static boolean has(Path folder, String part) {
        return Files.isRegularFile(folder.resolve(part + ".csv.gz"))
                || Files.isRegularFile(folder.resolve(part + ".csv"));
    }

    @Override
    public String name() {
        return String.valueOf(folder.getFileName());
    }

    @Override
    public EvaluationSeries load(int split) {
        RecordedEntity files = new RecordedEntity(name(), folder);
        LabelledSeries train = files.readTraining();
        LabelledSeries test = files.readTest();
        if (!train.featureNames().equals(test.featureNames())) {
            throw new StreamDataException(folder + ": the features of the training rows are " + train.featureNames()
                    + ", those of the test rows " + test.featureNames() + ", expected the same");
        }
        boolean isDated = train.timeFormat().isDated();
        if (isDated != test.timeFormat().isDated()) {
            throw new StreamDataException(
                    test.file() + " has " + test.timeFormat().description() + ", expected "
                            + train.timeFormat().description() + " as in " + train.file());
        }
        long trainOffset = isDated ? 0 : START - train.times()[0];
        long lastTrained = train.times()[train.length() - 1];
        boolean goesOn = test.times()[0] > lastTrained;
        if (isDated && !goesOn) {
            throw new StreamDataException(test.file() + " starts at " + test.marks()[0] + ", expected a time after the"
                    + " end of " + train.file() + " at " + train.marks()[train.length() - 1]);
        }
        long testOffset = goesOn ? trainOffset : trainOffset + lastTrained + MINUTE - test.times()[0];
        // One builder for both, so that a value missing at the start of the test is held from the training.
        TimedRowsBuilder builder = new TimedRowsBuilder(train.width());
        addTo(builder, train, trainOffset);
        addTo(builder, test, testOffset);
        TimedRows all = builder.build();
        return new EvaluationSeries(
                name(),
                false,
                train.featureNames(),
                all.slice(0, train.length()),
                all.slice(train.length(), all.length()),
                test.marks(),
                test.labels(),
                causes(train.width()),
                new EvaluationSeries.Input(test.hasLabels(), test.timeFormat()));
    }

    static void addTo(TimedRowsBuilder builder, LabelledSeries series, long offset) {
        int width = series.width();
        for (int i = 0; i < series.length(); i++) {
            builder.add(offset + series.times()[i], Arrays.copyOfRange(series.rows(), i * width, (i + 1) * width));
        }
    }

    private List<EventCauses> causes(int width) {
        Path file = folder.resolve("interpretation.txt");
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Interpretation.read(file, width);
        } catch (IOException exception) {
            throw StreamDataException.unreadable(file, exception);
        } catch (IllegalArgumentException exception) {
            throw new StreamDataException(String.valueOf(exception.getMessage()), exception);
        }
    }
}
