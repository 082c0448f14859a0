package dev.segue.render.standin;

/** For {@code javax.swing.tree.TreeNode}. */
public interface TreeNode {}
