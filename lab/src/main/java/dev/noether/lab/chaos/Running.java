package dev.noether.lab.chaos;

import dev.noether.flink.release.ReleaseTopic;
import dev.noether.lab.chaos.load.LoadOptions;
import dev.noether.lab.chaos.load.ScoreWatch;
import dev.noether.lab.chaos.load.SteadyLoad;
import dev.noether.lab.chaos.service.Patiently;
import dev.noether.lab.chaos.service.Service;
import dev.noether.lab.chaos.service.ServiceSettings;
import dev.noether.lab.chaos.service.Services;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Services with a first model that score a steady load.
 *
 * @param services the services
 * @param load the load
 * @param watch the observer of the scores
 */
public record Running(Services services, SteadyLoad load, ScoreWatch watch) implements AutoCloseable {
    private static final Duration FIRST_MODEL = Duration.ofMinutes(4);
    private static final Duration FIRST_TRAINING = Duration.ofSeconds(75);
    private static final Duration FIRST_SCORES = Duration.ofMinutes(3);

    /** Starts everything, and returns when live observations are scored. */
    public static Running start(Path folder, ServiceSettings settings, LoadOptions options)
            throws InterruptedException {
        Services services = Services.startBroker(folder, settings);
        try {
            SteadyLoad load = new SteadyLoad(services.config(), options);
            load.sendHistory();
            services.start(Service.JOB_MANAGER);
            services.start(Service.TASK_MANAGER);
            services.start(Service.RETRAINER);
            awaitFirstModel(services);
            load.start();
            ScoreWatch watch = Patiently.ask(() -> new ScoreWatch(services.config(), load.hosts()));
            Running running = new Running(services, load, watch);
            if (!watch.awaitScored(load.nextEventTime(), FIRST_SCORES)) {
                running.close();
                throw new NotRecoveredException(
                        "the services never began to score; the logs are in " + services.logs());
            }
            return running;
        } catch (RuntimeException | InterruptedException e) {
            services.close();
            throw e;
        }
    }

    @Override
    public void close() {
        watch.close();
        load.close();
        services.close();
    }

    /** The first model takes effect behind the newest observation of its training: the load waits for it. */
    private static void awaitFirstModel(Services services) throws InterruptedException {
        long start = System.nanoTime();
        int tries = 1;
        ReleaseTopic releases = new ReleaseTopic(services.config());
        while (Patiently.ask(releases::read).isEmpty()) {
            long waited = System.nanoTime() - start;
            if (waited > FIRST_MODEL.toNanos()) {
                throw new NotRecoveredException("no first model was trained; the logs are in " + services.logs());
            }
            if (waited > tries * FIRST_TRAINING.toNanos()) {
                // A training that was refused, because the broker was slow, comes again with the next start.
                services.kill(Service.RETRAINER);
                tries++;
            }
            Thread.sleep(500);
        }
    }
}
