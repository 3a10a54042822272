package dev.noether.lab.reproduce.set;

import dev.noether.cli.console.BadUseException;
import dev.noether.cli.data.StreamDataException;
import dev.noether.lab.evaluate.dataset.DataFolders;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.dataset.EvaluationSet;
import dev.noether.lab.evaluate.dataset.SeriesSource;
import dev.noether.lab.evaluate.dataset.TimedRows;
import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.model.series.SeriesSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recorded streams as sets: each series is a set of windows of {@link #WINDOW} rows.
 *
 * <p>The first four fifths of a series' training rows give the training windows, the last fifth the held-out normal
 * windows whose reconstruction error is the figure; windows of the labelled rows are judged beside it. Windows are
 * evenly spaced, as many as asked for at most. Values are standardised by the first part; features that do not vary
 * there are left out.
 */
public final class StreamSets {
    /** Rows in a window. */
    static final int WINDOW = 10;

    private static final double TRAINING_SHARE = 0.8;
    private static final int LABELLED = 20_000;

    private final List<Path> folders;
    private final int mostWindows;

    /**
     * Streams in folders.
     *
     * @param mostWindows of each part but the labelled one, which has up to 20,000
     */
    public StreamSets(List<Path> folders, int mostWindows) {
        this.folders = List.copyOf(folders);
        this.mostWindows = mostWindows;
    }

    /**
     * Reads all of them, named like {@code smd/machine-1-2}.
     *
     * @throws BadUseException if there are none, or a file is not of its form
     */
    public List<BenchmarkSet> read() {
        List<BenchmarkSet> sets = new ArrayList<>();
        try {
            for (EvaluationSet set : DataFolders.find(folders)) {
                for (SeriesSource source : set.series()) {
                    sets.add(set(set.name() + "/" + source.name(), source.load(0)));
                }
            }
        } catch (StreamDataException exception) {
            throw new BadUseException(String.valueOf(exception.getMessage()));
        }
        return sets;
    }

    private BenchmarkSet set(String name, EvaluationSeries series) {
        if (series.table()) {
            throw new BadUseException("the set " + name + " cannot be used: its rows have no order in time");
        }
        TimedRows rows = series.train();
        int first = (int) (TRAINING_SHARE * rows.length());
        if (first < 2 * WINDOW || rows.length() - first < WINDOW) {
            throw new BadUseException("the set %s cannot be used: it has %d training rows, too few for windows of %d"
                    .formatted(name, rows.length(), WINDOW));
        }
        StreamScale scale = StreamScale.of(rows, first);
        if (scale.width() * WINDOW < Protocol.CODE_SIZE) {
            throw new BadUseException(
                    ("the set %s cannot be used: windows of its %d varying features have fewer values than the code"
                                    + " of %d")
                            .formatted(name, scale.width(), Protocol.CODE_SIZE));
        }
        int[] trainStarts = starts(0, first, mostWindows);
        int[] heldStarts = starts(first, rows.length(), mostWindows);
        List<String> notes = new ArrayList<>();
        notes.add(
                "is a stream with windows of %d rows × %d features; the last fifth of its normal rows is the test part"
                        .formatted(WINDOW, scale.width()));
        if (scale.width() < rows.width()) {
            notes.add("has %d features that are constant in training and left out"
                    .formatted(rows.width() - scale.width()));
        }
        return new BenchmarkSet(
                name,
                scale.windows(rows, trainStarts, WINDOW),
                scale.windows(rows, heldStarts, WINDOW),
                false,
                notes,
                labelled(series, scale));
    }

    private static @Nullable DetectionTestSet labelled(EvaluationSeries series, StreamScale scale) {
        TimedRows rows = series.test();
        if (rows.length() < WINDOW) {
            return null;
        }
        int[] starts = starts(0, rows.length(), LABELLED);
        boolean[] labels = new boolean[starts.length];
        int anomalous = 0;
        for (int index = 0; index < starts.length; index++) {
            labels[index] = series.labels()[starts[index] + WINDOW - 1];
            anomalous += labels[index] ? 1 : 0;
        }
        if (anomalous == 0 || anomalous == labels.length) {
            return null;
        }
        SeriesSet windows = scale.windows(rows, starts, WINDOW);
        return new DetectionTestSet(windows, labels);
    }

    /** Where windows begin: evenly spaced in rows {@code [from, to)}. */
    private static int[] starts(int from, int to, int most) {
        int all = to - from - WINDOW + 1;
        int count = Math.min(all, most);
        int[] starts = new int[count];
        for (int index = 0; index < count; index++) {
            starts[index] = from + (int) ((long) index * all / count);
        }
        return starts;
    }
}
