/** Shows what the env room promises. */
@NullMarked
package dev.segue.store.env;

import org.jspecify.annotations.NullMarked;
