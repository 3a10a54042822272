package dev.noether.lab.chaos.fault;

import dev.noether.lab.chaos.service.Service;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A fault that a plan has drawn.
 *
 * @param number position in the plan, from 1
 * @param kind its kind
 * @param services the services that it is done to; empty for faults of data and folders
 * @param seconds how long it lasts; 0 for faults of an instant
 * @param overlaps whether the next fault begins at once, before the services have recovered
 * @param seed seed of its further choices
 */
public record PlannedFault(
        int number, FaultKind kind, List<Service> services, double seconds, boolean overlaps, long seed) {
    public PlannedFault {
        services = List.copyOf(services);
    }

    /** The kind, with the services of a fault of several and its length. */
    public String title() {
        String names = services.size() > 1
                ? " of " + services.stream().map(Service::title).collect(Collectors.joining(", "))
                : "";
        return kind.label() + names + (seconds > 0 ? String.format(java.util.Locale.ROOT, " for %.0f s", seconds) : "");
    }
}
