package dev.noether.lab.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noether.lab.metric.DelayedScores;
import dev.noether.lab.metric.DominantPeriod;
import dev.noether.lab.metric.UcrScore;
import dev.noether.lab.metric.VolumeUnderSurface;
import dev.noether.lab.peers.Observations;
import dev.noether.lab.peers.Peer;
import dev.noether.lab.peers.PeerCatalog;
import dev.noether.lab.peers.PeerDetector;
import dev.noether.testing.RealData;
import dev.noether.testing.RecordedData;
import dev.noether.testing.RecordedData.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The peers of one period on series of the UCR anomaly archive, where it is at hand. */
final class RecordedShapesTest {
    private static final Set<String> NAMES = Set.of("kmeans-ad", "sub-pca", "nearest-window");

    private record Figures(double vusPr, double ucr, double vusPrDelayed, double ucrDelayed, double seconds) {
        Figures plus(Figures other) {
            return new Figures(
                    vusPr + other.vusPr,
                    ucr + other.ucr,
                    vusPrDelayed + other.vusPrDelayed,
                    ucrDelayed + other.ucrDelayed,
                    seconds + other.seconds);
        }
    }

    /** The shape of one beat of an electrocardiogram, by slow and obvious arithmetic. */
    @Test
    void anEctopicBeatIsFarFromAllTrainingWindows() throws IOException {
        Path folder = RealData.require("streams", "ucr-anomaly", "qtdbSel1005V");
        Map<String, Figures> figures = figures(folder);
        assertThat(figures.get("nearest-window").ucr()).isEqualTo(1);
        assertThat(figures.get("nearest-window").vusPrDelayed())
                .isGreaterThan(figures.get("nearest-window").vusPr() + 0.5)
                .isGreaterThan(0.7);
        Table train = RecordedData.read(folder.resolve("train.csv.gz"), true);
        Table test = RecordedData.read(folder.resolve("test.csv.gz"), true);
        double[] scaled = scaled(train.column(1), test.column(1));
        float[] scores = detector("nearest-window")
                .score(new Observations(train.column(1), 1), new Observations(test.column(1), 1));
        int window = detector("nearest-window")
                .rankDelay(new Observations(train.column(1), 1))
                .orElseThrow();
        for (int row = 0; row < test.length(); row += 1_999) {
            double nearest = nearest(scaled, train.length(), train.length() + row + 1 - window, window);
            assertThat((double) scores[row]).as("row %d", row).isCloseTo(nearest, within(1e-3));
        }
    }

    private static PeerDetector detector(String name) {
        return PeerCatalog.all().stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow()
                .detector();
    }

    /** Returns both parts, one after the other, divided by the deviation of the first. */
    private static double[] scaled(float[] train, float[] test) {
        double[] all = new double[train.length + test.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = i < train.length ? train[i] : test[i - train.length];
        }
        double deviation = Math.sqrt(variance(all, 0, train.length));
        return Arrays.stream(all).map(value -> value / deviation).toArray();
    }

    private static double nearest(double[] rows, int trained, int start, int window) {
        double[] searched = normalized(rows, start, window);
        double nearest = Double.POSITIVE_INFINITY;
        for (int known = 0; known + window <= trained; known++) {
            double[] other = normalized(rows, known, window);
            double squares = 0;
            for (int k = 0; k < window; k++) {
                squares += Math.pow(searched[k] - other[k], 2);
            }
            nearest = Math.min(nearest, Math.sqrt(squares));
        }
        return nearest;
    }

    private static double[] normalized(double[] rows, int start, int window) {
        double mean = Arrays.stream(rows, start, start + window).average().orElseThrow();
        double deviation = Math.sqrt(variance(rows, start, window) + 0.01);
        return Arrays.stream(rows, start, start + window)
                .map(value -> (value - mean) / deviation)
                .toArray();
    }

    private static double variance(double[] rows, int start, int count) {
        double mean = Arrays.stream(rows, start, start + count).average().orElseThrow();
        return Arrays.stream(rows, start, start + count)
                .map(value -> Math.pow(value - mean, 2))
                .average()
                .orElseThrow();
    }

    @Test
    void archive() throws IOException {
        boolean wanted = "all".equals(System.getProperty("noether.baselines"));
        if (!wanted) {
            System.out.println("skipped: takes a minute; -Dnoether.baselines=all runs it");
        }
        assumeTrue(wanted, "-Dnoether.baselines=all is not set");
        Map<String, Figures> sums = new LinkedHashMap<>();
        List<Path> folders = RecordedData.entriesOrSkip("streams", "ucr-anomaly");
        for (Path folder : folders) {
            figures(folder).forEach((name, figures) -> sums.merge(name, figures, Figures::plus));
        }
        sums.forEach((name, sum) -> System.out.printf(
                Locale.ROOT,
                "mean of %d series: %-14s VUS-PR %.3f, UCR %.3f, delayed %.3f and %.3f, %.1f s in all%n",
                folders.size(),
                name,
                sum.vusPr / folders.size(),
                sum.ucr / folders.size(),
                sum.vusPrDelayed / folders.size(),
                sum.ucrDelayed / folders.size(),
                sum.seconds));
        assertThat(sums.keySet()).isEqualTo(NAMES);
    }

    private static Map<String, Figures> figures(Path folder) throws IOException {
        Table train = RecordedData.read(folder.resolve("train.csv.gz"), true);
        Table test = RecordedData.read(folder.resolve("test.csv.gz"), true);
        Observations history = new Observations(train.column(1), 1);
        Observations rows = new Observations(test.column(1), 1);
        boolean[] labels = test.flags(2);
        int buffer = DominantPeriod.of(test.column(1));
        Map<String, Figures> all = new LinkedHashMap<>();
        for (Peer peer : PeerCatalog.all()) {
            if (NAMES.contains(peer.name())) {
                long start = System.nanoTime();
                float[] scores = peer.detector().score(history, rows);
                double seconds = (System.nanoTime() - start) * 1e-9;
                float[] delayed = DelayedScores.of(
                        scores, peer.detector().rankDelay(history).orElseThrow());
                Figures figures = new Figures(
                        VolumeUnderSurface.of(scores, labels, buffer, 250).precisionRecall(),
                        UcrScore.of(scores, labels),
                        VolumeUnderSurface.of(delayed, labels, buffer, 250).precisionRecall(),
                        UcrScore.of(delayed, labels),
                        seconds);
                System.out.printf(Locale.ROOT, "%-24s %-14s %s%n", folder.getFileName(), peer.name(), figures);
                all.put(peer.name(), figures);
            }
        }
        return all;
    }
}
