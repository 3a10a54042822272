package dev.noether.model.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sampled history of one entity: runs of consecutive rows, oldest run first. A window never spans two runs.
 *
 * @param entity name of the entity
 * @param runs runs in order of time
 */
public record EntityHistory(String entity, List<Run> runs) {
    public EntityHistory {
        runs = List.copyOf(runs);
    }

    /**
     * Consecutive rows in order of event time.
     *
     * @param times event times, one for each row, ascending, milliseconds since 1970 UTC
     * @param rows row-major {@code [times.length, features]}, raw values
     */
    public record Run(long[] times, double[] rows) {
        /** Makes a run of values in single precision. */
        public Run(long[] times, float[] rows) {
            this(times, doubles(rows));
        }

        private static double[] doubles(float[] rows) {
            double[] wide = new double[rows.length];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = rows[i];
            }
            return wide;
        }

        /** The number of rows. */
        public int count() {
            return times.length;
        }

        /** Returns the rows in order of event time; the run itself if they are. Rows of one time keep their order. */
        public Run inOrder() {
            boolean isOrdered = true;
            for (int i = 1; i < times.length; i++) {
                isOrdered &= times[i] >= times[i - 1];
            }
            if (isOrdered) {
                return this;
            }
            int features = rows.length / times.length;
            int[] order = IntStream.range(0, times.length)
                    .boxed()
                    .sorted(Comparator.comparingLong(i -> times[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            long[] orderedTimes = new long[times.length];
            double[] orderedRows = new double[rows.length];
            for (int i = 0; i < order.length; i++) {
                orderedTimes[i] = times[order[i]];
                System.arraycopy(rows, order[i] * features, orderedRows, i * features, features);
            }
            return new Run(orderedTimes, orderedRows);
        }

        /** Concatenates runs that follow one another. */
        static Run joined(List<Run> runs) {
            int count = runs.stream().mapToInt(Run::count).sum();
            int values = runs.stream().mapToInt(run -> run.rows.length).sum();
            long[] times = new long[count];
            double[] rows = new double[values];
            int time = 0;
            int value = 0;
            for (Run run : runs) {
                System.arraycopy(run.times, 0, times, time, run.times.length);
                System.arraycopy(run.rows, 0, rows, value, run.rows.length);
                time += run.times.length;
                value += run.rows.length;
            }
            return new Run(times, rows);
        }
    }

    /** The number of rows of all runs. */
    public int count() {
        return runs.stream().mapToInt(Run::count).sum();
    }

    /** Makes a history with a single run. */
    public static EntityHistory of(String entity, long[] times, double[] rows) {
        return new EntityHistory(entity, new ArrayList<>(List.of(new Run(times, rows))));
    }

    /** Makes a history with a single run of values in single precision. */
    public static EntityHistory of(String entity, long[] times, float[] rows) {
        return new EntityHistory(entity, new ArrayList<>(List.of(new Run(times, rows))));
    }
}
