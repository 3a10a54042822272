package dev.noether.flink.source.registry;

import org.apache.avro.Schema;

/** What the registry says of the number of a schema. */
sealed interface RegistryAnswer {
    /** The schema. */
    record Found(Schema schema) implements RegistryAnswer {}

    /**
     * There is no Avro schema of this number, and there will be none.
     *
     * @param why the reason, for a person
     */
    record Unknown(String why) implements RegistryAnswer {}

    /**
     * Nobody knows: the registry does not answer, or refuses to.
     *
     * @param why the reason, for a person
     */
    record Away(String why) implements RegistryAnswer {}
}
