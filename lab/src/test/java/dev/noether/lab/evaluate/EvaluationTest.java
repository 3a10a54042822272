package dev.noether.lab.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.cli.data.StreamDataException;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.dataset.EvaluationSet;
import dev.noether.lab.evaluate.dataset.SeriesSource;
import dev.noether.lab.evaluate.detect.Backtest;
import dev.noether.lab.evaluate.detect.DetectorOutput;
import dev.noether.lab.evaluate.measure.DetectionMetric;
import dev.noether.lab.evaluate.measure.SeriesReport;
import dev.noether.lab.evaluate.measure.SetReport;
import dev.noether.lab.evaluate.output.ConsoleTable;
import dev.noether.lab.evaluate.output.EvaluationPage;
import dev.noether.lab.peers.Observations;
import dev.noether.lab.peers.Peer;
import dev.noether.lab.peers.PeerDetector;
import dev.noether.lab.peers.StandardizedNorm;
import dev.noether.model.training.HistoryTooShortException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EvaluationTest {
    private static final boolean[] LABELS = TestingSeries.labels(500, 100, 110);

    private final List<String> steps = new ArrayList<>();
    private final EvaluationListener listener = new EvaluationListener() {
        @Override
        public void starts(String set, String series, String detector, String timeLeft) {
            steps.add("starts " + detector);
        }

        @Override
        public void scored(String set, EvaluationSeries series, int split, DetectorOutput output) {
            steps.add("scored " + split);
        }

        @Override
        public void completed(String set, SeriesReport report) {
            steps.add("completed " + report.name());
        }
    };

    @Test
    void seriesComeInTheirOrderHoweverManyRunAtOnce() throws InterruptedException {
        List<SeriesSource> sources =
                IntStream.range(0, 12).mapToObj(i -> source("s" + i, 1, i)).toList();
        List<SetReport> one = evaluation(perfect(), 1).run(List.of(new EvaluationSet("set", sources)));
        List<SetReport> three = evaluation(perfect(), 3).run(List.of(new EvaluationSet("set", sources)));
        for (List<SetReport> reports : List.of(one, three)) {
            assertThat(reports.get(0).series())
                    .extracting(SeriesReport::name)
                    .containsExactlyElementsOf(
                            sources.stream().map(SeriesSource::name).toList());
        }
        for (int i = 0; i < sources.size(); i++) {
            for (DetectionMetric measure : List.of(DetectionMetric.VUS_PR, DetectionMetric.EVENTS_AT_10)) {
                assertThat(three.get(0).series().get(i).metrics().get("norm").get(measure))
                        .isEqualTo(
                                one.get(0).series().get(i).metrics().get("norm").get(measure));
            }
        }
        assertThat(one.get(0).means().get("noether").get(DetectionMetric.EVENTS_AT_1))
                .isEqualTo(1);
    }

    @Test
    void aDetectorThatFailsIsReportedAndTheOthersGoOn() throws InterruptedException {
        Backtest failing = series -> {
            throw new HistoryTooShortException(3, 500);
        };
        SetReport report = evaluation(failing, 1)
                .run(List.of(new EvaluationSet("set", List.of(source("s", 1, 1)))))
                .get(0);
        assertThat(report.series().get(0).failures())
                .containsEntry("noether", "the history has 3 rows; a model needs at least 500");
        assertThat(report.detectors()).containsExactly("norm");
        assertThat(ConsoleTable.lines(report))
                .anyMatch(line ->
                        line.contains("noether failed on s: the history has 3 rows; a model needs at least 500"));
        assertThat(EvaluationPage.of(List.of(report)))
                .contains("noether failed on s: the history has 3 rows; a model needs at least 500");
    }

    @Test
    void aPeerThatDoesNotApplyIsNotRunAndTheReasonIsReported() throws InterruptedException {
        PeerDetector choosy = new PeerDetector() {
            @Override
            public float[] score(Observations train, Observations test) {
                throw new AssertionError("it was run");
            }

            @Override
            public Optional<String> refusal(Observations train) {
                return Optional.of("it needs one feature, not " + train.width());
            }
        };
        SetReport report = new Evaluation(perfect(), List.of(new Peer("choosy", choosy, true, false)), 1, listener)
                .run(List.of(new EvaluationSet("set", List.of(source("s", 1, 1)))))
                .get(0);
        assertThat(steps).containsExactly("starts noether", "scored 0", "completed s");
        assertThat(report.series().get(0).failures()).isEmpty();
        assertThat(report.series().get(0).skipped()).containsEntry("choosy", "it needs one feature, not 2");
    }

    @Test
    void theDelayOfAPeerIsReportedWithItsMetrics() throws InterruptedException {
        PeerDetector late = new PeerDetector() {
            @Override
            public float[] score(Observations train, Observations test) {
                return new StandardizedNorm().score(train, test);
            }

            @Override
            public OptionalInt rankDelay(Observations train) {
                return OptionalInt.of(train.length() / 10);
            }
        };
        SetReport report = new Evaluation(perfect(), List.of(new Peer("late", late, true, false)), 1, listener)
                .run(List.of(new EvaluationSet("set", List.of(source("s", 1, 1)))))
                .get(0);
        assertThat(report.means().get("late").get(DetectionMetric.RANK_DELAY)).isEqualTo(20);
        assertThat(report.means().get("late").get(DetectionMetric.VUS_PR_DELAYED))
                .isFinite();
        assertThat(report.means().get("noether").get(DetectionMetric.VUS_PR_DELAYED))
                .isNaN();
        assertThat(report.means().get("noether").get(DetectionMetric.UCR)).isEqualTo(1);
    }

    @Test
    void eachSplitIsJudged() throws InterruptedException {
        SetReport report = evaluation(perfect(), 1)
                .run(List.of(new EvaluationSet("set", List.of(source("s", 3, 1)))))
                .get(0);
        assertThat(steps)
                .containsExactly(
                        "starts noether",
                        "scored 0",
                        "starts norm",
                        "starts noether",
                        "scored 1",
                        "starts norm",
                        "starts noether",
                        "scored 2",
                        "starts norm",
                        "completed s");
        assertThat(report.pooledBudget()).hasSize(3);
        assertThat(report.pooledBudget().get(0).rate().windows()).isEqualTo(3 * 490);
    }

    @Test
    void aFileThatCannotBeReadIsKnownBeforeTheWorkBegins() {
        SeriesSource bad = new SeriesSource() {
            @Override
            public String name() {
                return "bad";
            }

            @Override
            public EvaluationSeries load(int split) {
                throw new StreamDataException("bad line");
            }
        };
        assertThatThrownBy(() -> evaluation(perfect(), 1)
                        .run(List.of(new EvaluationSet("set", List.of(source("s", 1, 1), bad)))))
                .isInstanceOf(StreamDataException.class)
                .hasMessage("bad line");
        assertThat(steps).isEmpty();
    }

    @Test
    void theTimeLeftGoesByWhatEachDetectorTook() {
        RemainingTimeEstimate time = new RemainingTimeEstimate();
        time.plan("slow", 1_000);
        time.plan("fast", 1_000);
        assertThat(time.text(1)).isEqualTo("?");
        time.done("slow", 500, 600);
        // What has not run yet counts as what has.
        assertThat(time.text(1)).isEqualTo("30 min");
        time.done("fast", 900, 9);
        assertThat(time.text(1)).isEqualTo("10 min");
        time.done("slow", 480, 576);
        assertThat(time.text(1)).isEqualTo("25 s");
        assertThat(time.text(2)).isEqualTo("13 s");
    }

    private Evaluation evaluation(Backtest backtest, int atOnce) {
        return new Evaluation(
                backtest, List.of(new Peer("norm", new StandardizedNorm(), true, true)), atOnce, listener);
    }

    private static Backtest perfect() {
        return series -> {
            double[] scores = new double[series.test().length()];
            double[] pValues = new double[scores.length];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = series.labels()[i] ? 2 + i : 1.0 / (i + 1);
                pValues[i] = series.labels()[i] ? 0.001 : 0.5;
            }
            return TestingSeries.output(scores, pValues);
        };
    }

    private static SeriesSource source(String name, int splits, long seed) {
        return new SeriesSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int splits() {
                return splits;
            }

            @Override
            public EvaluationSeries load(int split) {
                return TestingSeries.stream(2, 200, LABELS, List.of(), seed + split);
            }
        };
    }
}
