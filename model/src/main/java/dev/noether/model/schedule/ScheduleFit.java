package dev.noether.model.schedule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an estimator found.
 *
 * @param schedule the schedule; null if no history shows one
 * @param amounts for each series, what to take off its rows, row-major {@code [rows, features]}; empty if it has no
 *     page. At each repeat of a period it is what the other repeats show.
 * @param jobs the recurring jobs in words, the most frequent first
 */
public record ScheduleFit(@Nullable Schedule schedule, List<float[]> amounts, List<String> jobs) {
    /** The sum of squares of what is taken off, which the other repeats show. */
    double explained() {
        double sum = 0;
        for (float[] ofSeries : amounts) {
            for (float amount : ofSeries) {
                sum += (double) amount * amount;
            }
        }
        return sum;
    }

    /** Copies the lists. */
    public ScheduleFit {
        amounts = List.copyOf(amounts);
        jobs = List.copyOf(jobs);
    }
}
