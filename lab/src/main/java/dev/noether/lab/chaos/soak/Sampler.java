package dev.noether.lab.chaos.soak;

import dev.noether.lab.chaos.service.Service;
import dev.noether.lab.chaos.service.Services;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Samples the resources of all services. What cannot be read at a moment is left out. Not thread-safe. */
final class Sampler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
    private static final long ADMIN_SECONDS = 20;

    private final Services services;
    private final Admin admin;
    private final Map<Service, ProcessProbe> probes = new EnumMap<>(Service.class);
    private final long start = System.nanoTime();

    Sampler(Services services) {
        this.services = services;
        Properties properties = services.config().kafka().clientProperties();
        admin = Admin.create(properties);
    }

    List<ResourceSample> sample() throws InterruptedException {
        double seconds = Math.round((System.nanoTime() - start) / 1e8) / 10.0;
        List<ResourceSample> samples = new ArrayList<>();
        for (Service service : Service.values()) {
            read(service)
                    .forEach((kind, value) -> samples.add(new ResourceSample(seconds, service.title(), kind, value)));
        }
        String broker = Service.BROKER.title();
        Double ids = transactionalIds();
        if (ids != null) {
            samples.add(new ResourceSample(seconds, broker, ResourceKind.TRANSACTIONAL_IDS, ids));
        }
        samples.add(new ResourceSample(
                seconds, Service.RETRAINER.title(), ResourceKind.MODEL_FILES, files(services.models())));
        samples.add(new ResourceSample(
                seconds, Service.JOB_MANAGER.title(), ResourceKind.CHECKPOINT_FILES, files(services.checkpoints())));
        return samples;
    }

    @Override
    public void close() {
        probes.values().forEach(ProcessProbe::close);
        admin.close(java.time.Duration.ofSeconds(2));
    }

    private Map<ResourceKind, Double> read(Service service) {
        long pid = services.process(service).pid();
        try {
            ProcessProbe probe = probes.get(service);
            if (probe == null || probe.pid() != pid) {
                probe = ProcessProbe.attach(pid);
                probes.put(service, probe);
            }
            return probe.read();
        } catch (IOException e) {
            probes.remove(service);
            LOG.warn("The resources of the {} cannot be read: {}", service.title(), e.getMessage());
            return Map.of();
        }
    }

    private @Nullable Double transactionalIds() throws InterruptedException {
        try {
            return (double) admin.listTransactions()
                    .all()
                    .get(ADMIN_SECONDS, TimeUnit.SECONDS)
                    .size();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The transactional ids cannot be listed: {}", e.getMessage());
            return null;
        }
    }

    /** Files that vanish while they are counted are not counted. */
    private static double files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException | UncheckedIOException moving) {
            return Double.NaN;
        }
    }
}
