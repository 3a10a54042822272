package dev.noether.lab.evaluate;

import dev.noether.cli.stack.StackException;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.dataset.SeriesSource;
import dev.noether.lab.evaluate.detect.Backtest;
import dev.noether.lab.evaluate.detect.JudgedSeries;
import dev.noether.lab.evaluate.measure.BudgetLine;
import dev.noether.lab.evaluate.measure.CauseFigures;
import dev.noether.lab.evaluate.measure.Figures;
import dev.noether.lab.evaluate.measure.Measuring;
import dev.noether.lab.evaluate.measure.SeriesReport;
import dev.noether.lab.evaluate.measure.Trace;
import dev.noether.lab.metric.LabelledEvent;
import dev.noether.lab.peers.Observations;
import dev.noether.lab.peers.Peer;
import dev.noether.model.training.TrainingDivergedException;
import dev.noether.model.training.TrainingRefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One series through all detectors. Belongs to one thread. */
final class SeriesEvaluation {
    private static final Logger LOG = LoggerFactory.getLogger(SeriesEvaluation.class);

    private final String set;
    private final SeriesSource source;
    private final Steps steps;
    private final Map<String, List<Figures>> figures = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();
    private final List<List<BudgetLine>> budgets = new ArrayList<>();
    private final List<BudgetLine> ownBudget = new ArrayList<>();
    private @Nullable CauseFigures causes;
    private @Nullable CauseFigures staticCauses;
    private @Nullable Trace trace;
    private boolean table;
    private int rows;
    private int events;

    /** What a series goes through, and who hears of it. */
    interface Steps {
        void starts(String set, String series, String detector);

        void ends(String detector, EvaluationSeries series, double seconds);

        void judged(String set, EvaluationSeries series, int split, JudgedSeries judged);
    }

    SeriesEvaluation(String set, SeriesSource source, Steps steps) {
        this.set = set;
        this.source = source;
        this.steps = steps;
    }

    SeriesReport run(Backtest backtest, List<Peer> peers) throws InterruptedException {
        for (int split = 0; split < source.splits(); split++) {
            EvaluationSeries series = source.load(split);
            table = series.table();
            rows = series.test().length();
            events = table ? 0 : LabelledEvent.of(series.labels()).size();
            judge(backtest, series, split);
            if (!series.causes().isEmpty()) {
                staticCauses = CauseFigures.ofStaticDeviations(series);
            }
            for (Peer peer : peers) {
                if (peer.isFor(table)) {
                    judge(peer, series);
                }
            }
        }
        Map<String, Figures> means = new LinkedHashMap<>();
        figures.forEach((detector, splits) -> means.put(detector, Figures.mean(splits)));
        return new SeriesReport(
                source.name(),
                table,
                rows,
                events,
                means,
                failures,
                budgets.stream().map(BudgetLine::pooled).toList(),
                ownBudget.isEmpty() ? List.of() : List.of(BudgetLine.pooled(ownBudget)),
                causes,
                staticCauses,
                trace);
    }

    private void judge(Backtest backtest, EvaluationSeries series, int split) throws InterruptedException {
        steps.starts(set, source.name(), Evaluation.DETECTOR);
        long start = System.nanoTime();
        try {
            JudgedSeries judged = backtest.run(series);
            add(Evaluation.DETECTOR, Measuring.of(series, judged));
            addBudget(BudgetLine.ofBudgets(series, judged));
            ownBudget.addAll(BudgetLine.ofVerdicts(series, judged));
            float[] weights = judged.weights();
            float[] shares = judged.shares();
            if (weights != null && shares != null) {
                causes = CauseFigures.of(series, weights, shares);
            }
            trace = table ? null : Trace.of(series, judged);
            steps.judged(set, series, split, judged);
        } catch (TrainingRefusedException | TrainingDivergedException | StackException failure) {
            fail(Evaluation.DETECTOR, failure);
        }
        steps.ends(Evaluation.DETECTOR, series, (System.nanoTime() - start) * 1e-9);
    }

    private void judge(Peer peer, EvaluationSeries series) {
        steps.starts(set, source.name(), peer.name());
        long start = System.nanoTime();
        double seconds;
        try {
            float[] scores = peer.baseline()
                    .score(
                            new Observations(series.train().values(), series.width()),
                            new Observations(series.test().values(), series.width()));
            seconds = (System.nanoTime() - start) * 1e-9;
            add(peer.name(), Measuring.ofPeer(series, scores, seconds));
        } catch (IllegalArgumentException | TrainingDivergedException failure) {
            // A peer may need more rows than there are, or fewer; the others go on.
            fail(peer.name(), failure);
        }
        steps.ends(peer.name(), series, (System.nanoTime() - start) * 1e-9);
    }

    private void add(String detector, Figures one) {
        figures.computeIfAbsent(detector, name -> new ArrayList<>()).add(one);
    }

    private void addBudget(List<BudgetLine> lines) {
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
