package dev.noether.cli.stream;

import dev.noether.cli.data.LabelledSeries;
import dev.noether.cli.data.RecordedEntity;
import dev.noether.cli.data.StreamFolder;
import java.time.Duration;
import java.util.List;

/**
 * A workload of recorded streams. The training files are the history; the test files are the live part that follows it
 * in event time. A live part that starts after the end of the test files repeats them with later event times.
 * Thread-safe.
 */
public final class RecordedWorkload implements Workload {
    private final String description;
    private final List<String> features;
    private final List<String> entities;
    private final List<LabelledSeries> training;
    private final List<LabelledSeries> test;
    private final long trainingMinutes;
    private final long testMinutes;
    private final long liveStart;

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
        this.trainingMinutes = minutes(training);
        this.testMinutes = minutes(test);
        this.liveStart = Math.max(liveStart, trainingMinutes);
    }

    /**
     * Reads the training and the test files of a folder.
     *
     * @throws dev.noether.cli.data.StreamDataException if a file cannot be used
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

    /** The same workload with a live part that starts at a later minute. */
    public RecordedWorkload from(long minute) {
        return new RecordedWorkload(description, features, entities, training, test, minute);
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
        return new Cursor(training, 0, 0);
    }

    @Override
    public RowCursor live() {
        long shift = shift();
        return new Cursor(test, shift, liveStart - shift);
    }

    @Override
    public int liveRows() {
        long first = liveStart - shift();
        long rows = 0;
        for (LabelledSeries series : test) {
            for (int i = 0; i < series.length(); i++) {
                rows += series.minutes()[i] >= first ? 1 : 0;
            }
        }
        return Math.toIntExact(rows);
    }

    @Override
    public Duration liveSpan() {
        return Duration.ofMinutes(shift() + testMinutes - liveStart);
    }

    @Override
    public List<FaultInterval> faults() {
        return List.of();
    }

    /** The offset from a minute of the test files to a minute of the live part, repetitions included. */
    private long shift() {
        return trainingMinutes + (liveStart - trainingMinutes) / testMinutes * testMinutes;
    }

    private static long minutes(List<LabelledSeries> all) {
        long minutes = 0;
        for (LabelledSeries series : all) {
            minutes = Math.max(minutes, series.minutes()[series.length() - 1] + 1);
        }
        return minutes;
    }

    /** Merges the series of all entities: the series with the oldest remaining row is next. */
    private static final class Cursor implements RowCursor {
        private final List<LabelledSeries> all;
        private final long shift;
        private final int[] positions;
        private final float[] row;
        private int current = -1;

        Cursor(List<LabelledSeries> all, long shift, long firstMinute) {
            this.all = all;
            this.shift = shift;
            this.positions = new int[all.size()];
            this.row = new float[all.get(0).width()];
            for (int entity = 0; entity < positions.length; entity++) {
                LabelledSeries series = all.get(entity);
                while (positions[entity] < series.length() && series.minutes()[positions[entity]] < firstMinute) {
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
                if (positions[entity] < series.length() && series.minutes()[positions[entity]] < oldest) {
                    oldest = series.minutes()[positions[entity]];
                    current = entity;
                }
            }
            if (current < 0) {
                return false;
            }
            System.arraycopy(all.get(current).rows(), positions[current] * row.length, row, 0, row.length);
            return true;
        }

        @Override
        public int entity() {
            return current;
        }

        @Override
        public long eventTime() {
            return Workload.eventTime(shift + all.get(current).minutes()[positions[current]]);
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
