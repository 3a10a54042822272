package dev.noether.lab.evaluate.dataset;

import dev.noether.cli.data.LabelledSeries;
import dev.noether.cli.data.StreamDataException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One file with a time, features and perhaps a label, in the order of time. The first rows are trained on, the others
 * are judged.
 *
 * @param path the file
 * @param trainShare share of the rows that are trained on, in (0, 1)
 */
record TimedFile(Path path, double trainShare) implements SeriesSource {
    /** Where minute 0 is laid: any day will do. */
    private static final long START = 1_577_836_800_000L;

    @Override
    public String name() {
        return CsvFile.baseName(path);
    }

    @Override
    public EvaluationSeries load(int split) {
        LabelledSeries all = LabelledSeries.read(path);
        int rows = all.length();
        int trained = (int) (trainShare * rows);
        if (trained < 1 || trained == rows) {
            throw new StreamDataException(path + ": " + rows + " rows, of which " + trained + " are to be trained on,"
                    + " expected at least one row to train on and one to judge");
        }
        TimedRowsBuilder builder = new TimedRowsBuilder(all.width());
        SplitFolder.addTo(builder, all, all.timeFormat().isDated() ? 0 : START - all.times()[0]);
        TimedRows timed = builder.build();
        return new EvaluationSeries(
                name(),
                false,
                all.featureNames(),
                timed.slice(0, trained),
                timed.slice(trained, rows),
                Arrays.copyOfRange(all.marks(), trained, rows),
                Arrays.copyOfRange(all.labels(), trained, rows),
                List.of(),
                new EvaluationSeries.Input(all.hasLabels(), all.timeFormat()));
    }
}
