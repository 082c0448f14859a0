package dev.segue.convert.layout;

import java.util.List;

/** A part of a FreeMarker template that is not laid out yet. */
public sealed interface Piece {
    /** What is printed as it stands, not escaped yet. */
    record Text(String text) implements Piece {}

    /** {@code ${code}}. */
    record Print(String code) implements Piece {}

    /** A tag that prints nothing: {@code <#assign>}, a comment. */
    record Quiet(String tag) implements Piece {}

    /** A tag that may print: {@code <@macro/>}. */
    record Call(String tag) implements Piece {}

    /** {@code <#break>} or {@code <#continue>}. */
    record Jump(String tag) implements Piece {}

    /**
     * {@code <#if>}, {@code <#list>} or {@code <#macro>}.
     *
     * @param close its last tag
     */
    record Block(List<Arm> arms, String close) implements Piece {
        public Block {
            arms = List.copyOf(arms);
        }

        /** True if a part of it may be printed several times. */
        boolean repeats() {
            return close.equals("</#list>");
        }
    }

    /** A tag of a block and what stands behind it. */
    record Arm(String tag, List<Piece> body) {
        public Arm {
            body = List.copyOf(body);
        }
    }
}
