package dev.noether.lab.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noether.lab.metric.CauseMetrics;
import dev.noether.lab.metric.DominantPeriod;
import dev.noether.lab.metric.EventCauses;
import dev.noether.lab.metric.EventMetrics;
import dev.noether.lab.metric.Interpretation;
import dev.noether.lab.metric.VolumeUnderSurface;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.OpenBlasEngine;
import dev.noether.model.feature.ScalingKind;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.scoring.Judgement;
import dev.noether.model.scoring.WindowScorer;
import dev.noether.model.testing.TestingArtifacts;
import dev.noether.model.training.Architecture;
import dev.noether.model.training.DetectorOptions;
import dev.noether.model.training.DetectorTrainer;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.HistoryOptions;
import dev.noether.model.training.NetworkOptions;
import dev.noether.model.training.TrainingOptions;
import dev.noether.model.training.TrainingProgress;
import dev.noether.model.training.WindowSymmetry;
import dev.noether.testing.RealData;
import dev.noether.testing.RecordedSeries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What the detector finds on public series, where they are at hand: one default configuration for all of them, trained
 * on the training part of a series, judged on its test part. Of the servers two by default, all of them with {@code
 * -Dnoether.detection=all}; {@code -Dnoether.epochs=…} trains the network longer than the one epoch of the suite.
 */
final class RecordedDetectionTest {
    private static final boolean ALL = "all".equals(System.getProperty("noether.detection"));
    private static final int EPOCHS = Integer.getInteger("noether.epochs", 1);

    /** By how many percent more guesses than causes a hit rate is meant. */
    private static final int[] GUESSES = {100, 150};

    /** Sums of hit rates, and of how many: for incidents, then for records. */
    private static final class CauseSums {
        final double[][] hits = new double[2][GUESSES.length];
        final long[] counts = new long[2];

        void add(int kind, float[] contributions, EventCauses causes) {
            int[] ranking = CauseMetrics.ranking(contributions);
            for (int g = 0; g < GUESSES.length; g++) {
                hits[kind][g] += CauseMetrics.hitRate(ranking, causes.features(), GUESSES[g]);
            }
            counts[kind]++;
        }

        double rate(int kind, int guesses) {
            return hits[kind][guesses] / counts[kind];
        }
    }

    private record Figures(double vusPr, double eventsAt10, double scoreEventsAt10) {
        Figures plus(Figures other) {
            return new Figures(
                    vusPr + other.vusPr, eventsAt10 + other.eventsAt10, scoreEventsAt10 + other.scoreEventsAt10);
        }
    }

    @Test
    void servers() throws IOException {
        Figures mean = mean("smd");
        assertThat(mean.vusPr()).isGreaterThan(ALL ? 0.59 : 0.47);
        assertThat(mean.eventsAt10()).isGreaterThan(ALL ? 0.87 : 0.88);
    }

    @Test
    void applications() throws IOException {
        Figures mean = mean("asd");
        assertThat(mean.vusPr()).isGreaterThan(0.68);
        assertThat(mean.eventsAt10()).isGreaterThan(0.87);
    }

    @Test
    void waterCirculation() throws IOException {
        assertThat(mean("skab").vusPr()).isGreaterThan(0.925);
    }

    /**
     * The causes of the servers' incidents: by the highest square of a raw value in it, and record by record by the
     * share.
     */
    @Test
    void causes() throws IOException {
        Optional<Path> folder = RealData.find("streams", "smd");
        if (folder.isEmpty()) {
            System.out.println("skipped: no recorded series `smd` found; point -Dnoether.data at the data sets");
        }
        assumeTrue(folder.isPresent(), "the recorded series are not on this machine");
        CauseSums sums = new CauseSums();
        List<RecordedSeries> all = RecordedSeries.of("smd");
        try (Engine engine = new OpenBlasEngine()) {
            for (RecordedSeries series : ALL ? all : all.subList(0, 2)) {
                Path file = folder.get().resolve(series.name()).resolve("interpretation.txt");
                addCauses(engine, series, Interpretation.read(file, series.features()), sums);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "causes, hit rate at 100 %% / 150 %%: incidents %.3f / %.3f, records %.3f / %.3f%n",
                sums.rate(0, 0),
                sums.rate(0, 1),
                sums.rate(1, 0),
                sums.rate(1, 1));
        assertThat(sums.rate(0, 0)).isGreaterThan(ALL ? 0.76 : 0.5);
        assertThat(sums.rate(1, 0)).isGreaterThan(ALL ? 0.48 : 0.4);
    }

    private static void addCauses(Engine engine, RecordedSeries series, List<EventCauses> causes, CauseSums sums) {
        ModelArtifact model = train(engine, series);
        int features = series.features();
        float[] shares = new float[series.labels().length * features];
        float[] deviations = new float[shares.length];
        judge(engine, model, series, (row, judgement) -> {
            for (int j = 0; j < features; j++) {
                shares[row * features + j] = judgement.share(j);
                deviations[row * features + j] = Math.abs(judgement.deviation(j));
            }
        });
        for (EventCauses cause : causes) {
            float[] highest = new float[features];
            for (int i = cause.event().start(); i < Math.min(cause.event().end(), series.labels().length); i++) {
                for (int j = 0; j < features; j++) {
                    highest[j] = Math.max(highest[j], deviations[i * features + j]);
                }
                sums.add(1, Arrays.copyOfRange(shares, i * features, (i + 1) * features), cause);
            }
            sums.add(0, highest, cause);
        }
    }

    private static Figures mean(String set) throws IOException {
        List<RecordedSeries> all = RecordedSeries.of(set);
        if (all.isEmpty()) {
            System.out.println(
                    "skipped: no recorded series `" + set + "` found; point -Dnoether.data at the data sets");
        }
        assumeTrue(!all.isEmpty(), "the recorded series are not on this machine");
        List<RecordedSeries> series = ALL || !set.equals("smd") ? all : all.subList(0, 2);
        Figures sum = new Figures(0, 0, 0);
        for (RecordedSeries one : series) {
            Figures figures = figures(one);
            System.out.printf(
                    Locale.ROOT,
                    "%s %s: VUS-PR %.3f, events at 10 %.3f (by the score %.3f)%n",
                    set,
                    one.name(),
                    figures.vusPr(),
                    figures.eventsAt10(),
                    figures.scoreEventsAt10());
            sum = sum.plus(figures);
        }
        int n = series.size();
        Figures mean = new Figures(sum.vusPr / n, sum.eventsAt10 / n, sum.scoreEventsAt10 / n);
        System.out.printf(
                Locale.ROOT,
                "%s, mean of %d: VUS-PR %.3f, events at 10 %.3f (by the score %.3f)%n",
                set,
                n,
                mean.vusPr(),
                mean.eventsAt10(),
                mean.scoreEventsAt10());
        return mean;
    }

    private static Figures figures(RecordedSeries series) {
        int count = series.labels().length;
        float[] scores = new float[count];
        float[] alarmScores = new float[count];
        try (Engine engine = new OpenBlasEngine()) {
            ModelArtifact model = train(engine, series);
            judge(engine, model, series, (row, judgement) -> {
                scores[row] = (float) judgement.score();
                alarmScores[row] = (float) judgement.alarmScore();
            });
        }
        float[] first = new float[count];
        for (int i = 0; i < count; i++) {
            first[i] = series.test()[i * series.features()];
        }
        int buffer = DominantPeriod.of(first);
        boolean[] labels = series.labels();
        return new Figures(
                VolumeUnderSurface.of(scores, labels, buffer, 250).precisionRecall(),
                EventMetrics.detection(alarmScores, labels, 10).share(),
                EventMetrics.detection(scores, labels, 10).share());
    }

    private static ModelArtifact train(Engine engine, RecordedSeries series) {
        DetectorOptions options = new DetectorOptions(
                new NetworkOptions(4, 10, List.of(), Architecture.PCA_RESIDUAL),
                DetectorOptions.DEFAULT_FORECAST_ROWS,
                ScalingKind.STANDARD,
                TrainingOptions.defaults().withEpochs(EPOCHS).withBatchSize(64),
                new HistoryOptions(100, 0.15, 0.15),
                WindowSymmetry.NONE,
                ScoreRule.DEFAULT);
        long[] times = new long[series.train().length / series.features()];
        Arrays.setAll(times, i -> i);
        ModelArtifact model = new DetectorTrainer(engine, options)
                .train(
                        TestingArtifacts.features(series.features()),
                        List.of(EntityHistory.of(series.name(), times, series.train())),
                        new TreeMap<>(),
                        TrainingProgress.SILENT)
                .model();
        System.out.printf(
                Locale.ROOT,
                "%s: learned part %s, breaks found %s, by the base alone %s%n",
                series.name(),
                model.provenance().get("training.learnedPart"),
                model.provenance().get("training.breakDetection"),
                model.provenance().get("training.breakDetectionOfBase"));
        return model;
    }

    /** Told of each row that has its context. */
    private interface Reader {
        void read(int row, Judgement judgement);
    }

    private static void judge(Engine engine, ModelArtifact model, RecordedSeries series, Reader reader) {
        int features = series.features();
        WindowBuffer buffer = new WindowBuffer(model.contextRows(), 0, features);
        EntityBaseline start = model.startingBaseline(series.name());
        EntityBaseline baseline = start.copy();
        try (WindowScorer scorer = new WindowScorer(model, engine, 1)) {
            for (int i = 0; i < series.labels().length; i++) {
                int position = buffer.addStored(i, series.test(), i * features);
                if (buffer.windowEndsAt(position)) {
                    Judgement judgement = scorer.judge(scorer.add(buffer, position), baseline, start);
                    scorer.clear();
                    reader.read(i, judgement);
                }
            }
        }
    }
}
