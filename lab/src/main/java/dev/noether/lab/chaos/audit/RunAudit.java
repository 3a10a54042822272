package dev.noether.lab.chaos.audit;

import dev.noether.lab.chaos.load.ScoreWatch;
import dev.noether.lab.chaos.load.SteadyLoad;
import dev.noether.lab.chaos.service.Patiently;
import dev.noether.lab.chaos.service.Services;
import java.time.Duration;

/**
 * What a run left in the topics, read back after its end.
 *
 * @param observations the observations topic
 * @param outcomes the scores and rejected records
 * @param delivery whether both fit
 * @param incidents whether each incident was opened once
 */
public record RunAudit(
        ObservationIndex observations, OutcomeIndex outcomes, DeliveryCheck delivery, IncidentCheck incidents) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Stops the load, waits for the last outcomes, stops the job, and reads the topics. */
    public static RunAudit of(Services services, SteadyLoad load, ScoreWatch watch) throws InterruptedException {
        load.stop();
        ObservationIndex observations = Patiently.ask(() -> ObservationIndex.read(services.config(), load));
        // What is still missing after this time is lost.
        watch.awaitOutcomes(observations.size(), PATIENCE);
        services.stopJob();
        OutcomeIndex outcomes = Patiently.ask(() -> OutcomeIndex.read(services.config(), observations));
        return new RunAudit(
                observations,
                outcomes,
                DeliveryCheck.of(observations, outcomes),
                Patiently.ask(() -> IncidentCheck.read(services.config(), load.neverSilent())));
    }
}
