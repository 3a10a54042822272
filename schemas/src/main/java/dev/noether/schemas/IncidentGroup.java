package dev.noether.schemas;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The relation of an incident to a group of incidents that began together.
 *
 * @param id id of the group that the incident belongs to; null if it belongs to none or is a group itself
 * @param members entities of a group in the order of their incidents, at most {@link #MAX_MEMBERS} with at most
 *     {@link #MAX_MEMBER_BYTES} bytes; otherwise empty
 * @param memberCount number of entities in the group, also those that {@code members} leaves out; otherwise 0
 */
public record IncidentGroup(@Nullable String id, List<String> members, int memberCount) {
    /** The relation of an incident that belongs to no group. */
    public static final IncidentGroup NONE = new IncidentGroup(null, List.of(), 0);

    /** The maximum number of members that are listed by name. */
    public static final int MAX_MEMBERS = 10_000;

    /** The maximum size of the listed names together, UTF-8: a group must fit into one Kafka record. */
    public static final int MAX_MEMBER_BYTES = 1 << 19;

    public IncidentGroup {
        requireNonNull(members, "members");
    }
}
