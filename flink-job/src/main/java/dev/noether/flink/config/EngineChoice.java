package dev.noether.flink.config;

/** Who does the arithmetic of the network. */
public enum EngineChoice {
    /** The fastest one that works on this machine. */
    AUTO,
    /** ND4J: the only one for a GPU. */
    ND4J,
    /** The matrix product of the OpenBLAS that ND4J brings. */
    OPENBLAS,
    /** Plain Java: slow, and right by inspection. */
    REFERENCE
}
