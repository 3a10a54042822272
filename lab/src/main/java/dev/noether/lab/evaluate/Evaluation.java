package dev.noether.lab.evaluate;

import dev.noether.cli.data.StreamDataException;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.dataset.EvaluationSet;
import dev.noether.lab.evaluate.dataset.SeriesSource;
import dev.noether.lab.evaluate.detect.Backtest;
import dev.noether.lab.evaluate.detect.JudgedSeries;
import dev.noether.lab.evaluate.measure.SeriesReport;
import dev.noether.lab.evaluate.measure.SetReport;
import dev.noether.lab.peers.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * This detector and its peers over sets. Series are independent of one another, so that several may run at once; the result
 * is the same. A detector that fails on a series is reported as failed there, and the others go on.
 */
public final class Evaluation {
    /** This detector's name beside those of the peers. */
    public static final String DETECTOR = "noether";

    private final Backtest backtest;
    private final List<Peer> peers;
    private final int atOnce;
    private final EvaluationListener listener;
    private final TimeLeft timeLeft = new TimeLeft();

    /**
     * Makes an evaluation.
     *
     * @param backtest judges as this detector
     * @param peers to stand beside it, may be none
     * @param atOnce how many series run at once, at least 1
     * @param listener hears of it
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
     * Runs all. Every file is read once before the work begins, so that a bad one is known at once.
     *
     * @throws StreamDataException if a file cannot be used
     */
    public List<SetReport> run(List<EvaluationSet> sets) throws InterruptedException {
        for (EvaluationSet set : sets) {
            for (SeriesSource source : set.series()) {
                plan(source);
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            List<List<Future<SeriesReport>>> running = new ArrayList<>();
            for (EvaluationSet set : sets) {
                running.add(set.series().stream()
                        .map(source -> threads.submit(() -> evaluate(set.name(), source)))
                        .toList());
            }
            List<SetReport> reports = new ArrayList<>();
            for (int i = 0; i < sets.size(); i++) {
                reports.add(new SetReport(sets.get(i).name(), await(running.get(i))));
            }
            return reports;
        } finally {
            threads.shutdownNow();
        }
    }

    private void plan(SeriesSource source) {
        EvaluationSeries series = source.load(0);
        long rows = rows(series) * source.splits();
        timeLeft.plan(DETECTOR, rows);
        for (Peer peer : peers) {
            if (peer.isFor(series.table())) {
                timeLeft.plan(peer.name(), rows);
            }
        }
    }

    private SeriesReport evaluate(String set, SeriesSource source) throws InterruptedException {
        SeriesReport report = new SeriesEvaluation(set, source, new Heard()).run(backtest, peers);
        synchronized (listener) {
            listener.completed(set, report);
        }
        return report;
    }

    private static List<SeriesReport> await(List<Future<SeriesReport>> running) throws InterruptedException {
        List<SeriesReport> reports = new ArrayList<>();
        for (Future<SeriesReport> one : running) {
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

    /** Passes on, one call at a time. */
    private final class Heard implements SeriesEvaluation.Steps {
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
        public void judged(String set, EvaluationSeries series, int split, JudgedSeries judged) {
            synchronized (listener) {
                listener.judged(set, series, split, judged);
            }
        }
    }
}
