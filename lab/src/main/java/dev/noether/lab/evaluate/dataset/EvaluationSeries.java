package dev.noether.lab.evaluate.dataset;

import dev.noether.cli.data.TimeFormat;
import dev.noether.lab.metric.EventCauses;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One series of a set, in memory: what a detector is trained on, and what it is judged on.
 *
 * @param name unique in its set, usable as a file name
 * @param table whether the rows are independent of one another: then there are no events and no time
 * @param features names, in the order of a row
 * @param train rows taken for normal
 * @param test rows to be judged; in a stream they follow the training rows
 * @param marks {@code [test rows]}, each test row's {@code t} as its file has it
 * @param labels {@code [test rows]}, true is anomalous
 * @param causes which features made some of the labelled events; empty where that is not known
 * @param input what the files hold
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EvaluationSeries(
        String name,
        boolean table,
        List<String> features,
        TimedRows train,
        TimedRows test,
        String[] marks,
        boolean[] labels,
        List<EventCauses> causes,
        Input input) {
    /**
     * What the files of a series hold.
     *
     * @param isLabelled whether the test rows have labels; without them all are taken for normal
     * @param times how the files write times; null if they are of a benchmark with a known form
     */
    public record Input(boolean isLabelled, @Nullable TimeFormat times) {
        /** Whether the times of the rows are real dates. */
        public boolean isDated() {
            return times == null || times.isDated();
        }
    }

    /** Makes a series of a labelled benchmark. */
    public EvaluationSeries(
            String name,
            boolean table,
            List<String> features,
            TimedRows train,
            TimedRows test,
            String[] marks,
            boolean[] labels,
            List<EventCauses> causes) {
        this(name, table, features, train, test, marks, labels, causes, new Input(true, null));
    }

    /**
     * Checks that the parts fit together.
     *
     * @throws IllegalArgumentException if they do not
     */
    public EvaluationSeries {
        features = List.copyOf(features);
        causes = List.copyOf(causes);
        if (train.width() != features.size() || test.width() != features.size()) {
            throw new IllegalArgumentException("`train` and `test` must be " + features.size() + " wide (got "
                    + train.width() + " and " + test.width() + ")");
        }
        if (labels.length != test.length() || marks.length != test.length()) {
            throw new IllegalArgumentException("`labels` and `marks` must have one entry for each of " + test.length()
                    + " test rows (got " + labels.length + " and " + marks.length + ")");
        }
    }

    /** Returns the same series with another name and other marks of the test rows. */
    public EvaluationSeries named(String other, String[] otherMarks) {
        return new EvaluationSeries(other, table, features, train, test, otherMarks, labels, causes, input);
    }

    /** Features in a row. */
    public int width() {
        return features.size();
    }
}
