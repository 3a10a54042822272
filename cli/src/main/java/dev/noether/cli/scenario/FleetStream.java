package dev.noether.cli.scenario;

import dev.noether.cli.fleet.FleetSimulator;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.cli.stream.Workload;
import dev.noether.flink.config.DetectorConfig;
import java.util.List;

/** Sends the rows of a simulated fleet as fast as Kafka takes them. Not thread safe. */
final class FleetStream {
    /** Minutes between two rows of a server. */
    static final int EVERY = 5;

    private final FleetSimulator fleet;
    private final DetectorConfig config;
    private long sent;

    /** Creates a stream into the observations topic of a detector. */
    FleetStream(FleetSimulator fleet, DetectorConfig config) {
        this.fleet = fleet;
        this.config = config;
    }

    /** Sends the rows of the minutes in [from, to). */
    void send(long from, long to) {
        List<String> names = fleet.entityNames();
        float[] values = new float[FleetSimulator.featureNames().size()];
        try (ObservationPublisher publisher =
                new ObservationPublisher(config.kafka(), config.topics().observations(), config.features())) {
            for (long minute = from; minute < to; minute += EVERY) {
                for (int server = 0; server < names.size(); server++) {
                    if (fleet.row(server, minute, values)) {
                        publisher.send(
                                names.get(server),
                                Workload.eventTime(minute),
                                values,
                                ObservationPublisher.DeliveryListener.NONE);
                        sent++;
                    }
                }
            }
            publisher.flush();
        }
    }

    /** Number of rows that were sent. */
    long sent() {
        return sent;
    }
}
