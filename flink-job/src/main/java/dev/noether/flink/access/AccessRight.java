package dev.noether.flink.access;

import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One right in Kafka.
 *
 * @param resource kind of the thing
 * @param pattern whether the name is that of one thing, or the beginning of several names
 * @param name name of the thing
 * @param operation what is allowed; READ and WRITE include DESCRIBE
 */
public record AccessRight(ResourceType resource, PatternType pattern, String name, AclOperation operation) {
    private static final String ANY_HOST = "*";

    static AccessRight topic(String name, AclOperation operation) {
        return new AccessRight(ResourceType.TOPIC, PatternType.LITERAL, name, operation);
    }

    static AccessRight group(String name) {
        return new AccessRight(ResourceType.GROUP, PatternType.LITERAL, name, AclOperation.READ);
    }

    static AccessRight groupsWith(String beginning) {
        return new AccessRight(ResourceType.GROUP, PatternType.PREFIXED, beginning, AclOperation.READ);
    }

    static AccessRight transaction(PatternType pattern, String name) {
        return new AccessRight(ResourceType.TRANSACTIONAL_ID, pattern, name, AclOperation.WRITE);
    }

    /** Returns the rule that grants it to a principal, from every host. */
    public AclBinding binding(String principal) {
        return new AclBinding(
                new ResourcePattern(resource, name, pattern),
                new AccessControlEntry(principal, ANY_HOST, operation, AclPermissionType.ALLOW));
    }

    /** Returns the options of {@code kafka-acls.sh} that name the thing and the operation. */
    String options() {
        String kind = switch (resource) {
            case TOPIC -> "--topic";
            case GROUP -> "--group";
            case TRANSACTIONAL_ID -> "--transactional-id";
            default -> throw new IllegalStateException("no process needs a right on " + resource);
        };
        String type = pattern == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "";
        return kind + " '" + name + "'" + type + " --operation " + words();
    }

    /** Returns it in words: operation and thing. */
    public String describe() {
        String kind = switch (resource) {
            case TOPIC -> "topic";
            case GROUP -> "consumer group";
            default -> "transactional id";
        };
        return operation + " on the " + kind + " " + name + (pattern == PatternType.PREFIXED ? "*" : "");
    }

    private String words() {
        StringBuilder words = new StringBuilder();
        for (String word : operation.name().toLowerCase(Locale.ROOT).split("_")) {
            words.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return words.toString();
    }
}
