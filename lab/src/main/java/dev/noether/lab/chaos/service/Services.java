package dev.noether.lab.chaos.service;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.testing.deployment.ChildProcess;
import dev.noether.testing.deployment.ComposeFile;
import dev.noether.testing.deployment.ProcessFailedException;
import dev.noether.testing.deployment.ProcessStack;
import dev.noether.testing.deployment.ProjectFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker, the job manager, the task manager and the retrainer of docker-compose.yml. As with compose, a service
 * that ends is started again. {@link #close} ends all of them. Thread-safe.
 */
public final class Services implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Services.class);
    private static final Duration HEALTHY = Duration.ofSeconds(180);
    private static final long TICK_MILLIS = 250;
    /** As compose waits before it starts a service again. */
    private static final long RESTART_NANOS = 1_000_000_000L;

    private final ProcessStack stack;
    private final DetectorConfig config;
    private final KeptModels keptModels;
    private final Map<Service, ChildProcess> processes = new EnumMap<>(Service.class);
    private final Map<Service, Long> endedAt = new EnumMap<>(Service.class);
    private final Map<Service, Integer> restarts = new EnumMap<>(Service.class);
    private final Set<Service> held = EnumSet.noneOf(Service.class);
    private final ScheduledExecutorService supervisor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "supervisor");
        thread.setDaemon(true);
        return thread;
    });

    private Services(ProcessStack stack, DetectorConfig config, Path folder) {
        this.stack = stack;
        this.config = config;
        this.keptModels = new KeptModels(stack.volume("models"), folder.resolve("kept-models"));
    }

    /** Lays the services out in an empty folder and starts the broker with its topics. */
    public static Services startBroker(Path folder, ServiceSettings settings) {
        ProcessStack stack = ProcessStack.create(folder, ComposeFile.read(ProjectFiles.file("docker-compose.yml")));
        try {
            // The retrainer trains as soon as it is started.
            stack.replace("PT2M", "PT0S");
            settings.applyTo(stack.detectorFile());
            settings.brokerLines().forEach(stack::configureKafka);
            Services services = new Services(stack, DetectorConfig.load(stack.detectorFile()), folder);
            ChildProcess broker = stack.startKafka();
            stack.createTopics(broker);
            services.processes.put(Service.BROKER, broker);
            services.supervisor.scheduleWithFixedDelay(
                    services::superviseOrLog, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
            return services;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    /** The detector as the services read it. */
    public DetectorConfig config() {
        return config;
    }

    /** The folder of the model store. */
    public Path models() {
        return stack.volume("models");
    }

    /** The folder of the checkpoints. */
    public Path checkpoints() {
        return stack.volume("checkpoints");
    }

    /** The folder with the output of each process. */
    public Path logs() {
        return stack.logs();
    }

    /** Every file that the model store ever had. */
    public KeptModels keptModels() {
        return keptModels;
    }

    /** Starts a service, and lets it be started again whenever it ends. */
    public synchronized void start(Service service) {
        held.remove(service);
        processes.put(service, startProcess(service));
    }

    /** Waits until the health checks of docker-compose.yml say that job manager and task manager are healthy. */
    public void awaitHealthyJob() {
        for (Service service : new Service[] {Service.JOB_MANAGER, Service.TASK_MANAGER}) {
            stack.awaitHealthy(service.composeName(), process(service), HEALTHY);
        }
    }

    /** The newest process of a service. */
    public synchronized ChildProcess process(Service service) {
        ChildProcess process = processes.get(service);
        if (process == null) {
            throw new IllegalStateException("the " + service.title() + " was never started");
        }
        return process;
    }

    /** Whether a service was started. */
    public synchronized boolean isStarted(Service service) {
        return processes.containsKey(service);
    }

    /** Ends a service as kill -9 does; it is started again a second later. */
    public void kill(Service service) {
        process(service).destroyNow();
    }

    /** Stops a service with SIGSTOP: it is there, and does nothing. */
    public void pause(Service service) {
        signal(service, "-STOP");
    }

    /** Lets a paused service continue. */
    public void resume(Service service) {
        signal(service, "-CONT");
    }

    /** Ends a service and does not start it again until {@link #start}. */
    public void hold(Service service, boolean gently) {
        ChildProcess process;
        synchronized (this) {
            held.add(service);
            process = process(service);
        }
        if (gently) {
            process.close();
        } else {
            process.kill();
        }
    }

    /** How often each service was started again. */
    public synchronized Map<Service, Integer> restarts() {
        return new EnumMap<>(restarts);
    }

    /** Ends everything but the broker, gently. */
    public void stopJob() {
        for (Service service : Service.values()) {
            if (service != Service.BROKER && isStarted(service)) {
                hold(service, true);
            }
        }
    }

    @Override
    public void close() {
        supervisor.shutdownNow();
        synchronized (this) {
            held.addAll(EnumSet.allOf(Service.class));
        }
        // A paused process would not hear the request to end.
        for (Service service : Service.values()) {
            if (isStarted(service) && process(service).isAlive()) {
                resume(service);
            }
        }
        stack.close();
    }

    private void signal(Service service, String signal) {
        long pid = process(service).pid();
        ToolProcess.run("kill", signal, Long.toString(pid));
    }

    private void superviseOrLog() {
        try {
            keptModels.keep();
            supervise();
        } catch (RuntimeException e) {
            LOG.warn("A service could not be started again.", e);
        }
    }

    private synchronized void supervise() {
        long now = System.nanoTime();
        for (Map.Entry<Service, ChildProcess> entry : processes.entrySet()) {
            Service service = entry.getKey();
            if (held.contains(service) || entry.getValue().isAlive()) {
                continue;
            }
            @Nullable Long ended = endedAt.putIfAbsent(service, now);
            if (ended != null && now - ended >= RESTART_NANOS) {
                endedAt.remove(service);
                restarts.merge(service, 1, Integer::sum);
                entry.setValue(startProcess(service));
            }
        }
    }

    private ChildProcess startProcess(Service service) {
        try {
            return service == Service.BROKER ? stack.startKafka() : stack.start(service.composeName());
        } catch (ProcessFailedException e) {
            throw new IllegalStateException("the " + service.title() + " could not be started", e);
        }
    }
}
