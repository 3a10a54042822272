package dev.noether.cli.stream;

import dev.noether.cli.data.LabelledSeries;
import dev.noether.cli.data.RecordedEntity;
import dev.noether.cli.data.StreamDataException;
import dev.noether.cli.data.StreamFolder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A workload of recorded streams. The training files are the history; the test files are the live part that follows it
 * in event time. A live part that starts after the end of the test files repeats them with later event times.
 * Thread-safe.
 *
 * <p>Rows of files with dates keep their times. Files that count minutes start at {@link Workload#EPOCH}.
 */
public final class RecordedWorkload implements Workload {
    private static final long MINUTE = 60_000;

    private final String description;
    private final List<String> features;
    private final List<String> entities;
    private final List<LabelledSeries> training;
    private final List<LabelledSeries> test;
    private final RecordedTimes times;
    /** Start of the live part, milliseconds after the start of the history. */
    private final long liveStart;

    /**
     * The places of the files in event time, milliseconds.
     *
     * @param base event time at which the history starts
     * @param step distance between the last row of a part and the first row of the next
     * @param trainingOrigin time in the training files that is {@code base}
     * @param testOrigin time in the test files that directly follows the history
     * @param trainingSpan length of the history
     * @param testSpan length of the test files
     */
    private record RecordedTimes(
            long base, long step, long trainingOrigin, long testOrigin, long trainingSpan, long testSpan) {
        static RecordedTimes of(List<LabelledSeries> training, List<LabelledSeries> test) {
            return requireSameKind(training, test) ? ofDates(training, test) : ofMinutes(training, test);
        }

        private static RecordedTimes ofMinutes(List<LabelledSeries> training, List<LabelledSeries> test) {
            return new RecordedTimes(EPOCH.toEpochMilli(), MINUTE, 0, 0, last(training) + MINUTE, last(test) + MINUTE);
        }

        /** Test files that go on after the training files keep their times; others are moved behind them. */
        private static RecordedTimes ofDates(List<LabelledSeries> training, List<LabelledSeries> test) {
            long origin = first(training);
            long next = last(training) + 1;
            long testOrigin = first(test) >= next ? next : first(test) - MINUTE;
            return new RecordedTimes(origin, 1, origin, testOrigin, next - origin, last(test) + 1 - testOrigin);
        }

        private static boolean requireSameKind(List<LabelledSeries> training, List<LabelledSeries> test) {
            LabelledSeries first = training.get(0);
            boolean isDated = first.timeFormat().isDated();
            Stream.concat(training.stream(), test.stream())
                    .filter(series -> series.timeFormat().isDated() != isDated)
                    .findFirst()
                    .ifPresent(other -> {
                        throw new StreamDataException(other.file() + " has "
                                + other.timeFormat().description() + ", expected "
                                + first.timeFormat().description() + " as in " + first.file());
                    });
            return isDated;
        }

        private static long first(List<LabelledSeries> all) {
            return all.stream().mapToLong(series -> series.times()[0]).min().orElseThrow();
        }

        private static long last(List<LabelledSeries> all) {
            return all.stream()
                    .mapToLong(series -> series.times()[series.length() - 1])
                    .max()
                    .orElseThrow();
        }
    }

    private RecordedWorkload(
            String description,
            List<String> features,
            List<String> entities,
            List<LabelledSeries> training,
            List<LabelledSeries> test,
            long liveStart) {
        this.description = description;
        this.features = features;
        this.entities = entities;
        this.training = training;
        this.test = test;
        this.times = RecordedTimes.of(training, test);
        this.liveStart = Math.max(liveStart, times.trainingSpan);
    }

    /**
     * Reads the training and the test files of a folder.
     *
     * @throws StreamDataException if a file cannot be used
     */
    public static RecordedWorkload read(StreamFolder folder) {
        List<RecordedEntity> recorded = folder.entities();
        List<String> names = recorded.stream().map(RecordedEntity::name).toList();
        return new RecordedWorkload(
                "the recorded streams " + folder.name() + " " + String.join(",", names),
                folder.featureNames(),
                names,
                recorded.stream().map(RecordedEntity::readTraining).toList(),
                recorded.stream().map(RecordedEntity::readTest).toList(),
                0);
    }

    /**
     * Reads a folder as {@link #read} does, for a use that needs labels.
     *
     * @throws StreamDataException if a file cannot be used, or a test file has no labels
     */
    public static RecordedWorkload readLabelled(StreamFolder folder) {
        RecordedWorkload workload = read(folder);
        workload.test.stream().filter(series -> !series.hasLabels()).findFirst().ifPresent(series -> {
            throw new StreamDataException(series.file() + " line 1: no label in " + series.featureNames()
                    + ", expected a column named `label` of 0 and 1");
        });
        return workload;
    }

    /** The same workload with a live part that starts after an event time. */
    public RecordedWorkload after(long eventTime) {
        long start = Math.floorDiv(eventTime - times.base, times.step) * times.step + times.step;
        return new RecordedWorkload(description, features, entities, training, test, start);
    }

    /** How the files write times, for the screen. */
    public String timeFormat() {
        return training.get(0).timeFormat().description();
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<String> features() {
        return features;
    }

    @Override
    public List<String> entities() {
        return entities;
    }

    @Override
    public RowCursor history() {
        return new Cursor(training, times.base - times.trainingOrigin, Long.MIN_VALUE);
    }

    @Override
    public RowCursor live() {
        return new Cursor(test, times.base + shift() - times.testOrigin, firstLive());
    }

    @Override
    public int liveRows() {
        long first = firstLive();
        long rows = 0;
        for (LabelledSeries series : test) {
            for (int i = 0; i < series.length(); i++) {
                rows += series.times()[i] >= first ? 1 : 0;
            }
        }
        return Math.toIntExact(rows);
    }

    @Override
    public Duration liveSpan() {
        return Duration.ofMillis(shift() + times.testSpan - liveStart);
    }

    @Override
    public List<FaultInterval> faults() {
        return List.of();
    }

    /** The start of the current repetition of the test files, milliseconds after the start of the history. */
    private long shift() {
        return times.trainingSpan + (liveStart - times.trainingSpan) / times.testSpan * times.testSpan;
    }

    /** The first time of the test files that belongs to the live part. */
    private long firstLive() {
        return times.testOrigin + liveStart - shift();
    }

    /** Merges the series of all entities: the series with the oldest remaining row is next. */
    private static final class Cursor implements RowCursor {
        private final List<LabelledSeries> all;
        private final long offset;
        private final int[] positions;
        private final float[] row;
        private int current = -1;

        Cursor(List<LabelledSeries> all, long offset, long firstTime) {
            this.all = all;
            this.offset = offset;
            this.positions = new int[all.size()];
            this.row = new float[all.get(0).width()];
            for (int entity = 0; entity < positions.length; entity++) {
                LabelledSeries series = all.get(entity);
                while (positions[entity] < series.length() && series.times()[positions[entity]] < firstTime) {
                    positions[entity]++;
                }
            }
        }

        @Override
        public boolean next() {
            if (current >= 0) {
                positions[current]++;
            }
            current = -1;
            long oldest = Long.MAX_VALUE;
            for (int entity = 0; entity < positions.length; entity++) {
                LabelledSeries series = all.get(entity);
                if (positions[entity] < series.length() && series.times()[positions[entity]] < oldest) {
                    oldest = series.times()[positions[entity]];
                    current = entity;
                }
            }
            if (current < 0) {
                return false;
            }
            // Noether's own records have values in single precision.
            for (int j = 0; j < row.length; j++) {
                row[j] = (float) all.get(current).rows()[positions[current] * row.length + j];
            }
            return true;
        }

        @Override
        public int entity() {
            return current;
        }

        @Override
        public long eventTime() {
            return offset + all.get(current).times()[positions[current]];
        }

        @Override
        public float[] values() {
            return row;
        }

        @Override
        public boolean isAnomalous() {
            return all.get(current).labels()[positions[current]];
        }
    }
}
