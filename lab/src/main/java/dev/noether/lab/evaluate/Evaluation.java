package dev.noether.lab.evaluate;

import dev.noether.cli.data.StreamDataException;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.dataset.EvaluationSet;
import dev.noether.lab.evaluate.dataset.SeriesSource;
import dev.noether.lab.evaluate.detect.Backtest;
import dev.noether.lab.evaluate.detect.DetectorOutput;
import dev.noether.lab.evaluate.measure.SeriesReport;
import dev.noether.lab.evaluate.measure.SetReport;
import dev.noether.lab.peers.Observations;
import dev.noether.lab.peers.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The evaluation of this detector and its peers over sets of series. Series may run in parallel with the same result. A
 * detector that fails on a series is reported as failed there, and the others continue.
 */
public final class Evaluation {
    /** This detector's name beside those of the peers. */
    public static final String DETECTOR = "noether";

    private final Backtest backtest;
    private final List<Peer> peers;
    private final int atOnce;
    private final EvaluationListener listener;
    private final RemainingTimeEstimate timeLeft = new RemainingTimeEstimate();

    /**
     * Creates an evaluation.
     *
     * @param backtest runs this detector
     * @param peers to compare with; may be empty
     * @param atOnce number of series that run in parallel, at least 1
     * @param listener receives the steps
     */
    public Evaluation(Backtest backtest, List<Peer> peers, int atOnce, EvaluationListener listener) {
        if (atOnce < 1) {
            throw new IllegalArgumentException("`atOnce` must be at least 1 (got " + atOnce + ")");
        }
        this.backtest = backtest;
        this.peers = List.copyOf(peers);
        this.atOnce = atOnce;
        this.listener = listener;
    }

    /**
     * Runs the evaluation. Every file is read once before the first training, so that a bad file fails early.
     *
     * @throws StreamDataException if a file cannot be used
     */
    public List<SetReport> run(List<EvaluationSet> sets) throws InterruptedException {
        for (EvaluationSet set : sets) {
            for (SeriesSource source : set.series()) {
                plan(set.name(), source);
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            List<List<Future<SeriesReport>>> futures = new ArrayList<>();
            for (EvaluationSet set : sets) {
                futures.add(set.series().stream()
                        .map(source -> threads.submit(() -> evaluate(set.name(), source)))
                        .toList());
            }
            List<SetReport> reports = new ArrayList<>();
            for (int i = 0; i < sets.size(); i++) {
                reports.add(new SetReport(sets.get(i).name(), await(futures.get(i))));
            }
            return reports;
        } finally {
            threads.shutdownNow();
        }
    }

    private void plan(String set, SeriesSource source) {
        EvaluationSeries series = source.load(0);
        backtest.check(series);
        listener.read(set, series);
        long rows = rows(series) * source.splits();
        timeLeft.plan(DETECTOR, rows);
        for (Peer peer : peers) {
            if (applies(peer, series)) {
                timeLeft.plan(peer.name(), rows);
            }
        }
    }

    private static boolean applies(Peer peer, EvaluationSeries series) {
        return peer.isFor(series.table())
                && peer.detector()
                        .refusal(new Observations(series.train().values(), series.width()))
                        .isEmpty();
    }

    private SeriesReport evaluate(String set, SeriesSource source) throws InterruptedException {
        SeriesReport report = new SeriesEvaluation(set, source, new StepForwarder()).run(backtest, peers);
        synchronized (listener) {
            listener.completed(set, report);
        }
        return report;
    }

    private static List<SeriesReport> await(List<Future<SeriesReport>> futures) throws InterruptedException {
        List<SeriesReport> reports = new ArrayList<>();
        for (Future<SeriesReport> one : futures) {
            try {
                reports.add(one.get());
            } catch (ExecutionException exception) {
                if (exception.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException("the evaluation of a series failed", exception);
            }
        }
        return reports;
    }

    private static long rows(EvaluationSeries series) {
        return (long) series.train().length() + series.test().length();
    }

    /** Forwards the steps to the listener, one call at a time. */
    private final class StepForwarder implements SeriesEvaluation.StepListener {
        @Override
        public void starts(String set, String series, String detector) {
            synchronized (listener) {
                listener.starts(set, series, detector, timeLeft.text(atOnce));
            }
        }

        @Override
        public void ends(String detector, EvaluationSeries series, double seconds) {
            timeLeft.done(detector, rows(series), seconds);
        }

        @Override
        public void scored(String set, EvaluationSeries series, int split, DetectorOutput output) {
            synchronized (listener) {
                listener.scored(set, series, split, output);
            }
        }
    }
}
