package dev.noether.lab.evaluate;

import dev.noether.cli.stack.StackException;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.dataset.SeriesSource;
import dev.noether.lab.evaluate.detect.Backtest;
import dev.noether.lab.evaluate.detect.DetectorOutput;
import dev.noether.lab.evaluate.measure.AlarmBudgetResult;
import dev.noether.lab.evaluate.measure.CauseHitRates;
import dev.noether.lab.evaluate.measure.MetricCalculator;
import dev.noether.lab.evaluate.measure.MetricValues;
import dev.noether.lab.evaluate.measure.ScoreChartData;
import dev.noether.lab.evaluate.measure.SeriesReport;
import dev.noether.lab.metric.LabelledEvent;
import dev.noether.lab.peers.Observations;
import dev.noether.lab.peers.Peer;
import dev.noether.model.training.TrainingDivergedException;
import dev.noether.model.training.TrainingRefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evaluates all detectors on one series. Not thread-safe. */
final class SeriesEvaluation {
    private static final Logger LOG = LoggerFactory.getLogger(SeriesEvaluation.class);

    private final String set;
    private final SeriesSource source;
    private final StepListener steps;
    private final Map<String, List<MetricValues>> metrics = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();
    private final Map<String, String> skipped = new LinkedHashMap<>();
    private final List<List<AlarmBudgetResult>> budgets = new ArrayList<>();
    private final List<AlarmBudgetResult> ownBudget = new ArrayList<>();
    private @Nullable CauseHitRates causes;
    private @Nullable CauseHitRates staticCauses;
    private @Nullable ScoreChartData chart;
    private List<String> incidents = List.of();
    private SeriesReport.Size size = new SeriesReport.Size(false, 0, 0);

    /** Receives the steps of an evaluation. */
    interface StepListener {
        void starts(String set, String series, String detector);

        void ends(String detector, EvaluationSeries series, double seconds);

        void scored(String set, EvaluationSeries series, int split, DetectorOutput output);
    }

    SeriesEvaluation(String set, SeriesSource source, StepListener steps) {
        this.set = set;
        this.source = source;
        this.steps = steps;
    }

    SeriesReport run(Backtest backtest, List<Peer> peers) throws InterruptedException {
        for (int split = 0; split < source.splits(); split++) {
            EvaluationSeries series = source.load(split);
            boolean table = series.table();
            int events = table ? 0 : LabelledEvent.of(series.labels()).size();
            size = new SeriesReport.Size(
                    table, series.test().length(), events, series.input().isLabelled());
            evaluate(backtest, series, split);
            if (!series.causes().isEmpty()) {
                staticCauses = CauseHitRates.ofStaticDeviations(series);
            }
            for (Peer peer : peers) {
                if (peer.isFor(table)) {
                    evaluate(peer, series);
                }
            }
        }
        Map<String, MetricValues> means = new LinkedHashMap<>();
        metrics.forEach((detector, splits) -> means.put(detector, MetricValues.mean(splits)));
        return new SeriesReport(
                source.name(),
                size,
                means,
                failures,
                skipped,
                new SeriesReport.Budgets(
                        budgets.stream().map(AlarmBudgetResult::pooled).toList(),
                        ownBudget.isEmpty() ? List.of() : List.of(AlarmBudgetResult.pooled(ownBudget))),
                new SeriesReport.Causes(causes, staticCauses),
                chart,
                incidents);
    }

    private void evaluate(Backtest backtest, EvaluationSeries series, int split) throws InterruptedException {
        steps.starts(set, source.name(), Evaluation.DETECTOR);
        long start = System.nanoTime();
        try {
            DetectorOutput output = backtest.run(series);
            add(Evaluation.DETECTOR, MetricCalculator.of(series, output));
            addBudget(AlarmBudgetResult.ofBudgets(series, output));
            ownBudget.addAll(AlarmBudgetResult.ofVerdicts(series, output));
            DetectorOutput.FeatureContributions contributions = output.contributions();
            if (contributions != null) {
                causes = CauseHitRates.of(series, contributions.weights(), contributions.shares());
            }
            chart = series.table() ? null : ScoreChartData.of(series, output);
            incidents = output.findings().sentences();
            steps.scored(set, series, split, output);
        } catch (TrainingRefusedException | TrainingDivergedException | StackException failure) {
            fail(Evaluation.DETECTOR, failure);
        }
        steps.ends(Evaluation.DETECTOR, series, (System.nanoTime() - start) * 1e-9);
    }

    private void evaluate(Peer peer, EvaluationSeries series) {
        Observations train = new Observations(series.train().values(), series.width());
        Optional<String> refusal = peer.detector().refusal(train);
        if (refusal.isPresent()) {
            skipped.put(peer.name(), refusal.get());
            return;
        }
        steps.starts(set, source.name(), peer.name());
        long start = System.nanoTime();
        try {
            float[] scores =
                    peer.detector().score(train, new Observations(series.test().values(), series.width()));
            double seconds = (System.nanoTime() - start) * 1e-9;
            OptionalInt rankDelay = peer.detector().rankDelay(train);
            add(peer.name(), MetricCalculator.ofPeer(series, scores, rankDelay, seconds));
        } catch (IllegalArgumentException | TrainingDivergedException failure) {
            // A peer may need more rows than the series has; the other peers continue.
            fail(peer.name(), failure);
        }
        steps.ends(peer.name(), series, (System.nanoTime() - start) * 1e-9);
    }

    private void add(String detector, MetricValues one) {
        metrics.computeIfAbsent(detector, name -> new ArrayList<>()).add(one);
    }

    private void addBudget(List<AlarmBudgetResult> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (budgets.size() <= i) {
                budgets.add(new ArrayList<>());
            }
            budgets.get(i).add(lines.get(i));
        }
    }

    private void fail(String detector, Exception failure) {
        LOG.warn("{} failed on {} of {}.", detector, source.name(), set, failure);
        failures.put(detector, String.valueOf(failure.getMessage()));
    }
}
