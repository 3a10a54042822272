package dev.noether.lab.evaluate;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * An estimate of the remaining time from the time per row of each detector so far. A detector that has not run yet
 * counts with the mean of the others. Thread-safe.
 */
final class RemainingTimeEstimate {
    private final Map<String, Long> planned = new HashMap<>();
    private final Map<String, Long> rowsDone = new HashMap<>();
    private final Map<String, Double> seconds = new HashMap<>();

    synchronized void plan(String detector, long rows) {
        planned.merge(detector, rows, Long::sum);
    }

    synchronized void done(String detector, long rows, double took) {
        rowsDone.merge(detector, rows, Long::sum);
        seconds.merge(detector, took, Double::sum);
    }

    /** The remaining time, as in {@code 12 min}; {@code ?} before the first detector has finished. */
    synchronized String text(int atOnce) {
        double spent =
                seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        long rows = rowsDone.values().stream().mapToLong(Long::longValue).sum();
        if (rows == 0) {
            return "?";
        }
        double remainingSeconds = 0;
        for (Map.Entry<String, Long> plan : planned.entrySet()) {
            long completedRows = rowsDone.getOrDefault(plan.getKey(), 0L);
            double rate = completedRows == 0 ? spent / rows : seconds.getOrDefault(plan.getKey(), 0.0) / completedRows;
            remainingSeconds += (plan.getValue() - completedRows) * rate;
        }
        long whole = Math.max(0, Math.round(remainingSeconds / atOnce));
        return whole < 60 ? whole + " s" : Duration.ofSeconds(whole).toMinutes() + " min";
    }
}
