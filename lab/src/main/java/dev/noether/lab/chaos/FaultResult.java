package dev.noether.lab.chaos;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one fault did.
 *
 * @param number position in the run, from 1
 * @param kind kind of the fault
 * @param services services that it was done to
 * @param beganAt clock time at which it began, ISO 8601
 * @param lastedSeconds time until it was over
 * @param recoverySeconds time from its end until scores of later observations were committed; null if the next fault
 *     began before
 */
public record FaultResult(
        int number,
        String kind,
        List<String> services,
        String beganAt,
        double lastedSeconds,
        @Nullable Double recoverySeconds) {
    public FaultResult {
        services = List.copyOf(services);
    }
}
